"""Sources with keys that are shown once, what was refused, and jobs."""

import pytest

from tenure.events.keys import read_sources
from tenure.events.models import QuarantinedItem
from tenure.events.reasons import Reason
from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def test_a_key_is_shown_once_and_works_until_it_is_revoked(program):
    first = program.ask("POST", "sources", {"name": "App"}).json()
    path = f"sources/{first['source']['id']}"
    second = program.ask("POST", f"{path}/keys").json()
    assert read_sources().keys() == {first["key"], second["key"]}
    told = program.get(path)
    assert first["key"] not in told.content.decode() and second["key"] not in told.content.decode()
    assert [each["ends_with"] for each in told.json()["keys"]] == [first["key"][-4:], second["key"][-4:]]
    program.ask("DELETE", f"{path}/keys/{first['id']}")
    assert read_sources().keys() == {second["key"]}
    assert program.ask("DELETE", f"{path}/keys/{first['id']}").status_code == 422
    archived = program.ask("PUT", f"{path}/archive").json()
    assert archived["archived_at"] and not read_sources()
    assert program.ask("POST", f"{path}/keys").status_code == 422


def test_it_tells_what_was_refused_by_reason(program):
    now = clock.now()
    rows = [(Reason.BAD_TIME, "time: 'x' is no time."), (Reason.MISSING_NAME, "The event has no name.")]
    time, _name = QuarantinedItem.objects.bulk_create(
        QuarantinedItem(reason=reason, detail=detail, raw="{}", place=n, received_at=now)
        for n, (reason, detail) in enumerate(rows)
    )
    (found,) = program.get("quarantine", {"reason": "bad_time"}).json()["items"]
    assert found["id"] == time.pk and "raw" not in found
    assert program.get(f"quarantine/{time.pk}").json() == found | {"raw": "{}"}
    assert program.get("quarantine", {"reason": "magic"}).status_code == 422


def test_it_stops_a_job_and_has_it_tried_again(program):
    job = enqueue("close_history")
    assert program.ask("POST", f"jobs/{job.pk}/retries").status_code == 409
    assert program.ask("POST", f"jobs/{job.pk}/stopping").json()["state"] == "stopped"
    assert program.ask("POST", f"jobs/{job.pk}/stopping").status_code == 409
    again = program.ask("POST", f"jobs/{job.pk}/retries")
    assert again.status_code == 201 and again.json()["id"] != job.pk
    Job.objects.filter(pk=again.json()["id"]).update(state=JobState.FAILED, error="Traceback\nDisk full")
    (failed,) = program.get("jobs", {"state": "failed"}).json()["items"]
    assert failed["error"] == "Disk full"
