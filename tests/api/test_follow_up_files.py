"""Files and types of follow-ups, by programs."""

import os
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.work.forgetting import forget_files
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def path(program, settings, tmp_path) -> str:
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path, attachment_mb=1)
    acme = Account.objects.create(external_id="acme")
    sent = {"account_id": acme.pk, "type": "call", "at": clock.now().isoformat(), "notes": "A call"}
    return f"follow-ups/{program.ask('POST', 'follow-ups', sent).json()['id']}"


def attach(program, path, name, content, **headers):
    return program.ask("POST", f"{path}/files", {"file": SimpleUploadedFile(name, content)}, **headers)


def test_it_attaches_a_file_once_and_gives_it_back_as_it_was(program, path):
    made = attach(program, path, "../offer.pdf", b"%PDF-1", idempotency_key="f-1")
    assert made.status_code == 201
    assert (made.json()["name"], made.json()["media_type"]) == ("offer.pdf", "application/pdf")
    assert attach(program, path, "../offer.pdf", b"%PDF-1", idempotency_key="f-1")["Idempotent-Replayed"] == "true"
    assert program.get(f"{path}/files").json() == [made.json()]
    taken = program.get(f"follow-up-files/{made.json()['id']}")
    assert b"".join(taken.streaming_content) == b"%PDF-1" and "offer.pdf" in taken["Content-Disposition"]
    activity = Activity.objects.latest("pk")
    assert (activity.verb, activity.detail["files"]) == ("followup.edited", ["offer.pdf"])


def test_it_removes_a_file_and_at_night_its_content_once_nobody_has_it(program, path, tmp_path):
    first, second = (attach(program, path, name, b"Hello").json()["id"] for name in ("a.txt", "b.txt"))
    other = attach(program, path, "new.txt", b"Just written").json()["id"]
    for content in (tmp_path / "files").glob("??/*"):
        if content.read_bytes() == b"Hello":
            os.utime(content, (1e9, 1e9))
    said = []
    for removed in (first, second, other):
        assert program.ask("DELETE", f"follow-up-files/{removed}").status_code == 204
        forget_files(None)
        said.append(sorted(content.read_bytes() for content in (tmp_path / "files").glob("??/*")))
    assert said == [[b"Hello", b"Just written"], [b"Just written"], [b"Just written"]]
    assert program.get(f"{path}/files").json() == [] and program.get(f"follow-up-files/{first}").status_code == 404
    assert Activity.objects.latest("pk").detail == {"file": "new.txt"}


def test_it_refuses_what_is_too_large(program, path):
    answer = attach(program, path, "large.txt", b"x" * (2**20 + 1))
    assert answer.status_code == 422 and "larger than 1 MB" in answer.json()["error"]["message"]
    assert program.get(f"{path}/files").json() == []


def test_a_type_is_added_named_archived_and_brought_back(program):
    made = program.ask("POST", "follow-up-types", {"name": "Webinar", "chinese": "网络研讨会"}).json()
    assert program.ask("POST", "follow-up-types", {"name": "webinar"}).status_code == 422
    assert program.get("follow-up-types", accept_language="zh-hans").json()[-1]["name"] == "网络研讨会"
    path = f"follow-up-types/{made['key']}"
    assert program.ask("PUT", f"{path}/name", {"name": "Online talk"}).json()["name"] == "Online talk"
    assert program.ask("PUT", f"{path}/archive").json()["archived_at"]
    assert made["key"] not in {each["key"] for each in program.get("follow-up-types").json()}
    assert [each["key"] for each in program.get("follow-up-types", {"archived": True}).json()] == [made["key"]]
    assert program.ask("PUT", f"{path}/archive").status_code == 404
    assert program.ask("DELETE", f"{path}/archive").json()["archived_at"] is None
