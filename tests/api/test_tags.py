"""Tags: rules, many customers at once, and who had one when."""

from datetime import UTC, datetime, timedelta

import pytest

from tenure.accounts.models import Account, Field
from tenure.lib import clock
from tests.api.asking import Program

LOW = {"version": 1, "field": "health.score", "comparison": "<", "value": 40}
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    clock.set_clock(lambda: NOON)


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def accounts(db) -> list[int]:
    return [Account.objects.create(external_id=f"a{n}").pk for n in range(3)]


def later(hours: int) -> None:
    clock.set_clock(lambda: NOON + timedelta(hours=hours))


def test_it_takes_a_rule_changes_it_and_takes_it_away(program):
    made = program.ask("POST", "tags", {"name": "Weak", "chinese": "薄弱", "tone": "2", "condition": LOW}).json()
    assert (made["value"], made["condition"], made["version"]) == ("weak", LOW, 1)
    changed = program.ask("PATCH", "tags/weak", {"condition": {**LOW, "value": 30}}).json()
    assert (changed["chinese"], changed["version"]) == ("薄弱", 2)
    refused = program.ask("PATCH", "tags/weak", {"condition": {**LOW, "value": "x"}})
    assert refused.status_code == 422 and refused.json()["error"]["path"] == "body.condition.value"
    seen = program.get("tags/weak")["ETag"]
    assert program.ask("PATCH", "tags/weak", {"condition": None}, if_match=seen).json()["version"] is None
    assert program.ask("PATCH", "tags/weak", {"name": "Other"}, if_match=seen).status_code == 412


def test_it_is_put_on_many_at_once_on_all_or_none(program, accounts):
    program.ask("POST", "tags/strategic/accounts", {"account_ids": accounts[:1]})
    out_of_sight = program.ask("POST", "tags/strategic/accounts", {"account_ids": [*accounts, 77_777]})
    assert out_of_sight.status_code == 404
    put = program.ask("POST", "tags/strategic/accounts", {"account_ids": accounts})
    assert put.json()["account_ids"] == accounts[1:]
    listed = next(each for each in program.get("tags").json() if each["value"] == "strategic")
    assert listed["customers"] == 3
    program.ask("POST", "tags", {"name": "Weak", "condition": LOW})
    by_hand = program.ask("POST", "tags/weak/accounts", {"account_ids": accounts})
    assert by_hand.status_code == 422 and "it has a rule" in by_hand.json()["error"]["message"]


def test_putting_it_on_is_undone_where_it_did_so(program, accounts):
    program.ask("POST", "tags/strategic/accounts", {"account_ids": accounts[:1]})
    put = program.ask("POST", "tags/strategic/accounts", {"account_ids": accounts}).json()["tagging_id"]
    assert program.ask("POST", "tags/strategic/accounts", {"account_ids": accounts}).json()["tagging_id"] is None
    latest = program.get("taggings").json()["items"][0]
    assert {name: latest[name] for name in ("id", "on", "values", "accounts")} == {
        "id": put,
        "on": True,
        "values": ["strategic"],
        "accounts": 2,
    }
    assert program.ask("POST", f"taggings/{put}/undoing").json()["account_ids"] == accounts[1:]
    assert ids(program, "tags/strategic/accounts") == accounts[:1]
    assert program.ask("POST", f"taggings/{put}/undoing").json() == {"account_ids": [], "tagging_id": None}


def test_what_was_changed_of_it_is_undone_unless_it_was_changed_again(program, bob):
    program.ask("PATCH", "tags/strategic", {"name": "Key account", "tone": "3"})
    ((change, changed),) = [(each["id"], each["changed"]) for each in program.get("tag-changes").json()["items"]]
    assert changed == ["name", "tone"]
    assert Program.of(bob).ask("POST", f"tag-changes/{change}/undoing").json()["error"]["code"] == "forbidden"
    assert program.ask("POST", f"tag-changes/{change}/undoing").json()["name"] == "Strategic"
    again = program.ask("POST", f"tag-changes/{change}/undoing")
    assert again.status_code == 409 and "changed again since" in again.json()["error"]["message"]


def test_it_tells_who_has_it_had_it_and_when(program, accounts, alice):
    first, second, _never = accounts
    program.ask("POST", "tags/strategic/accounts", {"account_ids": [first, second]})
    later(6)
    program.ask("POST", "tags/strategic/removal", {"account_ids": [first]})
    later(20)
    program.ask("POST", "tags/strategic/accounts", {"account_ids": [first]})
    assert ids(program, "tags/strategic/accounts") == [first, second]
    assert ids(program, "tags/strategic/accounts", day="2026-06-01") == [second]
    page = program.get("tags/strategic/history", {"limit": 1}).json()
    ((account, turns),) = [(each["account_id"], each["turns"]) for each in page["items"]]
    assert account == first
    assert [(each["began"][:13], (each["ended"] or "")[:13]) for each in turns] == [
        ("2026-06-01T12", "2026-06-01T18"),
        ("2026-06-02T08", ""),
    ]
    assert (turns[0]["began_source"], turns[0]["ended_member_id"]) == ("person", alice.pk)
    rest = program.get("tags/strategic/history", {"after": page["next"]}).json()
    assert [each["account_id"] for each in rest["items"]] == [second]


def test_a_value_that_came_with_a_file_may_hold_anything(program, accounts):
    field = Field.objects.get(key="tags")
    field.options = [*field.options, {"value": "north/南", "name": "North or South"}]
    field.save()
    assert program.get("tags/north/南").json()["name"] == "North or South"
    program.ask("POST", "tags/north/南/accounts", {"account_ids": accounts[1:]})
    history = program.get("tags/north/南/history").json()["items"]
    assert [each["account_id"] for each in history] == accounts[1:]
    assert program.ask("PUT", "tags/north/南/archive").json()["archived"] is True


def ids(program: Program, path: str, **query: str) -> list[int]:
    return [each["id"] for each in program.get(path, query).json()["items"]]
