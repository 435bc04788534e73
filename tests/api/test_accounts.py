"""Customers changed in the past, many at once, merged; and all of it undone."""

from datetime import timedelta

import pytest

from tenure.accounts.models import Account, Fact
from tenure.lib import clock
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def two(db) -> list[Account]:
    return [Account.objects.create(external_id=key, name=key.title()) for key in ("acme", "bolt")]


def test_it_corrects_a_past_value_and_shows_it_as_it_was_known(program, two):
    path = f"accounts/{two[0].pk}"
    then = clock.now() - timedelta(days=40)
    program.ask("PATCH", path, {"fields": {"tier": "A"}, "valid_from": then.isoformat()})
    Fact.objects.update(recorded_at=then)
    (fact,) = program.get(f"{path}/facts").json()["items"]
    done = program.ask("PUT", f"{path}/facts/{fact['id']}/correction", {"value": "B"})
    assert done.status_code == 200 and done.json()["fields"] == ["tier"]
    known = {"known_day": (then.date() + timedelta(days=1)).isoformat()}
    asked = {"day": (then.date() + timedelta(days=20)).isoformat()}
    assert program.get(path, asked).json()["fields"] == {"tier": "B"}
    assert program.get(path, asked | known).json()["fields"] == {"tier": "A"}
    assert [each["value"] for each in program.get(f"{path}/facts", known).json()["items"]] == ["A"]
    again = program.ask("PUT", f"{path}/facts/{fact['id']}/withdrawal")
    assert again.status_code == 409 and again.json()["error"]["code"] == "conflict"
    program.ask("POST", f"field-changes/{done.json()['id']}/undoing")
    assert program.get(path).json()["fields"] == {"tier": "A"}


def test_it_changes_many_at_once_and_takes_it_back(program, two):
    sent = {"account_ids": [each.pk for each in two], "fields": {"tier": "A"}}
    done = program.ask("POST", "field-changes", sent)
    assert done.status_code == 201 and done.json()["accounts"] == 2
    again = program.ask("POST", "field-changes", sent)
    assert again.status_code == 200 and again.json()["id"] is None
    assert program.get("field-changes").json()["items"] == [done.json()]
    assert program.ask("POST", f"field-changes/{done.json()['id']}/undoing").status_code == 200
    assert [each["fields"] for each in program.get("accounts").json()["items"]] == [{}, {}]
    gone = program.ask("POST", "field-changes", {**sent, "account_ids": [two[0].pk, two[1].pk + 1]})
    assert gone.status_code == 404 and not Fact.objects.filter(account=two[0], value="A", corrections=None).exists()


def test_it_merges_two_and_makes_two_of_them_again(program, customers, two):
    survivor, merged = (each.pk for each in two)
    child = Account.objects.create(external_id="line", parent=two[1]).pk
    program.ask("PATCH", f"accounts/{merged}", {"fields": {"tier": "A"}})
    preview = program.get(f"accounts/{survivor}/merge-preview/{merged}").json()
    assert preview["only_merged"] == {"tier": "A"} and preview["rows"]["fact"] == 1
    merge = program.ask("POST", f"accounts/{survivor}/merges", {"merged_id": merged}).json()
    assert program.get(f"accounts/{merged}").status_code == 404
    assert program.get(f"accounts/{survivor}").json()["fields"] == {"tier": "A"}
    assert program.get(f"accounts/{child}").json()["parent_id"] == survivor
    assert [each["id"] for each in program.get("accounts", {"parent": survivor}).json()["items"]] == [child]
    assert program.get(f"accounts/{survivor}/merges").json() == [merge]
    undone = program.ask("POST", f"merges/{merge['id']}/undoing").json()
    assert undone["undone_at"] and program.get(f"accounts/{child}").json()["parent_id"] == merged
    assert program.get(f"accounts/{survivor}/merges", {"history": True}).json() == [undone]
    assert program.ask("POST", f"merges/{merge['id']}/undoing").status_code == 409
