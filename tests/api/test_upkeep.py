"""Backups and notices, by programs."""

import pytest

from tenure.jobs.models import Job
from tenure.lib import clock
from tenure.upkeep.models import Backup, Notice, NoticeKind
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def test_a_backup_is_asked_for_once_and_told_by_its_job(program):
    first, second = (program.ask("POST", "backups") for _time in range(2))
    assert first.status_code == 201 and first.json()["kind"] == "backup"
    assert second.json()["id"] == first.json()["id"] and program.get(f"jobs/{first.json()['id']}").status_code == 200


def test_a_backup_is_listed_and_verified_again(program):
    made = Backup.objects.create(name="2026-11-21T030000Z", position=1, bytes=7, created_at=clock.now())
    (listed,) = program.get("backups").json()["items"]
    assert (listed["name"], listed["bytes"], listed["verified_at"]) == ("2026-11-21T030000Z", 7, None)
    asked = program.ask("POST", f"backups/{made.pk}/verifications").json()
    assert Job.objects.get(pk=asked["id"]).payload == {"backup": made.name}


def test_a_notice_is_read_once_and_for_everybody(program, alice, bob):
    notice = Notice.objects.create(kind=NoticeKind.BACKUP_FAILED, detail="No room")
    assert [each["detail"] for each in program.get("notices").json()["items"]] == ["No room"]
    read = program.ask("PUT", f"notices/{notice.pk}/reading").json()
    assert read["read_by_id"] == alice.pk and program.ask("PUT", f"notices/{notice.pk}/reading").json() == read
    assert program.get("notices").json()["items"] == []
    assert [each["id"] for each in program.get("notices", {"read": True}).json()["items"]] == [notice.pk]
    assert Program.of(bob).get("notices").json()["error"]["code"] == "forbidden"
