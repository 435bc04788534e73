"""Syncs set up and changed by programs: their source is asked before anything is held up, and once."""

import pytest
from django.db import connection

from tenure.activity.models import Activity
from tenure.integrations import setting_up
from tenure.integrations.errors import SourceFailed
from tenure.integrations.models import Sync
from tenure.integrations.sealing import unseal
from tests.api.asking import Program
from tests.integrations.conftest import opened, syncing

__all__ = ["opened", "syncing"]
QUERY = {"file": "crm.sqlite", "query": "select account_id, plan from customers"}
SENT = {"name": "CRM", "integration": "sqlite", "kind": "accounts", "settings": QUERY, "every_s": 3600}


@pytest.fixture
def program(syncing) -> Program:
    syncing.sqlite("insert into customers values ('acme', 'pro', 3, '')")
    return Program.of(syncing.actor)


@pytest.fixture
def held(monkeypatch) -> list[int]:
    """How many transactions were open each time a source was asked."""
    seen, look = [], setting_up.look_at
    monkeypatch.setattr(
        setting_up, "look_at", lambda *asked: (seen.append(len(connection.savepoint_ids)), look(*asked))[1]
    )
    return seen


def test_it_tries_a_source_out_sets_a_sync_up_and_maps_its_columns(program, syncing, held):
    assert {"sqlite", "folder"} <= {each["key"] for each in program.get("integrations").json()}
    seen = program.ask("POST", "sync-previews", SENT)
    assert seen.status_code == 201 and seen.json()["rows"] == [["acme", "pro"]]
    assert seen.json()["mapping"]["fields"] == {"account": "account_id", "plan": "plan"} and not Sync.objects.exists()
    made = program.ask("POST", "syncs", SENT).json()
    assert (made["mapped"], made["every_s"], made["settings"], made["has_secret"]) == (False, 3600, QUERY, False)
    shown = program.get(f"syncs/{made['id']}/columns").json()
    assert shown == seen.json()
    run = program.ask("PUT", f"syncs/{made['id']}/mapping", {"fields": shown["mapping"]["fields"]})
    assert run.status_code == 200 and run.json()["state"] == "waiting"
    assert syncing.run(Sync.objects.get()).new == 1
    changed = program.ask("PATCH", f"syncs/{made['id']}", {"daily_at": "06:30"}).json()
    assert (changed["every_s"], changed["daily_at"], changed["mapped"]) == (None, "06:30", True)
    assert held == [0, 0, 0]


def test_it_asks_and_writes_once_with_one_key(program, syncing):
    first = program.ask("POST", "syncs", SENT, idempotency_key="k-1")
    (syncing.folder / "crm.sqlite").unlink()
    before = Activity.objects.count()
    again = program.ask("POST", "syncs", SENT, idempotency_key="k-1")
    assert again.content == first.content and again["Idempotent-Replayed"] == "true" and Sync.objects.count() == 1
    other = program.ask("POST", "syncs", {**SENT, "name": "ERP"}, idempotency_key="k-1")
    assert other.json()["error"]["code"] == "key_reused" and Activity.objects.count() == before


def test_the_second_of_two_at_the_same_moment_gets_the_answer_of_the_first(program, monkeypatch):
    look, answers = setting_up.look_at, []

    def meanwhile(*asked):
        if not answers:
            answers.append(None)
            answers[0] = program.ask("POST", "syncs", SENT, idempotency_key="k-1")
        return look(*asked)

    monkeypatch.setattr(setting_up, "look_at", meanwhile)
    slower = program.ask("POST", "syncs", SENT, idempotency_key="k-1")
    assert (slower.status_code, slower.content) == (201, answers[0].content) and Sync.objects.count() == 1


def test_it_keeps_nothing_of_what_cannot_be(program):
    wrong = {**SENT, "settings": {**QUERY, "query": "select * from nowhere"}}
    for body, said in (
        (wrong, "no such table"),
        ({**SENT, "settings": {**QUERY, "qeury": ""}}, "qeury"),
        ({**SENT, "daily_at": "06:30"}, "not both"),
        ({**SENT, "integration": "excel"}, "where it comes from"),
    ):
        answer = program.ask("POST", "syncs", body, idempotency_key="k-1")
        assert answer.status_code == 422 and said in answer.json()["error"]["message"]
    assert not Sync.objects.exists()
    assert program.ask("POST", "syncs", SENT, idempotency_key="k-1").status_code == 201


def test_it_changes_only_what_was_seen_and_asked_about(program, monkeypatch):
    path = f"syncs/{program.ask('POST', 'syncs', SENT).json()['id']}"
    tag = program.get(path)["ETag"]
    assert program.ask("PATCH", path, {"name": "ERP"}, if_match=tag).json()["name"] == "ERP"
    assert program.ask("PATCH", path, {"name": "CRM"}, if_match=tag).status_code == 412
    look = setting_up.look_at

    def meanwhile(*asked):
        Sync.objects.update(cursor_column="updated")
        return look(*asked)

    monkeypatch.setattr(setting_up, "look_at", meanwhile)
    assert program.ask("PATCH", path, {"name": "CRM"}).status_code == 409 and Sync.objects.get().name == "ERP"


def test_it_takes_a_password_and_never_tells_it(program, monkeypatch):
    path = f"syncs/{program.ask('POST', 'syncs', SENT).json()['id']}"
    server = {"host": "127.0.0.1", "database": "crm", "password": "hunter2-secret", "query": "select 1"}
    sent = {**SENT, "name": "ERP", "integration": "postgresql", "settings": server}
    look, asked = setting_up.look_at, []

    def answer(integration, question):
        asked.append(question.parts)
        return look(setting_up.INTEGRATIONS["sqlite"], setting_up.Asked(QUERY))

    assert "hunter2" not in program.ask("POST", "syncs", sent).content.decode()  # nobody listens there
    monkeypatch.setattr(setting_up, "look_at", answer)
    made = program.ask("POST", "syncs", sent)
    assert made.json()["has_secret"] and "hunter2" not in made.content.decode()
    path = f"syncs/{made.json()['id']}"
    assert program.ask("PATCH", path, {"settings": {"query": "select 2"}}).status_code == 200
    assert [each["password"] for each in asked] == ["hunter2-secret"] * 2
    assert unseal(Sync.objects.get(name="ERP").secrets) == {"password": "hunter2-secret"}
    elsewhere = program.ask("PATCH", path, {"settings": {"host": "localhost"}}).json()["error"]
    assert elsewhere["details"][0]["path"] == "password"
    assert "hunter2" not in "".join(str(vars(each)) for each in Activity.objects.all())


def test_it_says_of_a_source_that_fails_why(program, monkeypatch):
    def fail(*asked):
        raise SourceFailed("Nobody answers.")

    monkeypatch.setattr(setting_up, "look_at", fail)
    answer = program.ask("POST", "sync-previews", SENT)
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, "Nobody answers.")
