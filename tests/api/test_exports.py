"""Lists as files: at once, by a job, and within a token's scopes."""

import csv
import io
import json
from dataclasses import replace

import pytest

from tenure.activity.models import Activity
from tenure.api.exports.areas import AREAS
from tenure.exports import verbs
from tenure.jobs.worker import run_once
from tenure.people.models import Access, Area
from tenure.ui.listing import listings
from tests.api.asking import Program
from tests.web.customers.company import STORIES

AT_RISK = json.dumps({"field": "health.state", "comparison": "in", "value": ["at_risk"]})


@pytest.fixture
def program(alice, settings, tmp_path) -> Program:
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    return Program.of(alice)


def names(answer) -> list[str]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [row["Customer"] for row in csv.DictReader(io.StringIO(text))]


def test_a_short_list_comes_at_once_and_it_is_written_down_who_took_it(program, customers):
    assert len(names(program.get("lists/customers/file"))) == len(STORIES)
    assert names(program.get("lists/customers/file", {"condition": AT_RISK})) == ["Dahlia Media"]
    view = program.ask("POST", "views", {"name": "Weak", "query": {"condition": AT_RISK}}).json()["id"]
    asked = {"view": view, "columns": ["score"]}
    assert names(program.get("lists/customers/file", asked)) == ["Dahlia Media"]
    made = Activity.objects.filter(verb="export.made")
    assert [each.detail["rows"] for each in made.order_by("pk")] == [len(STORIES), 1, 1]
    assert {each.by for each in made} == {"Alice (Robot)"}


def test_a_long_list_is_asked_for_waited_for_and_taken(program, customers, monkeypatch):
    monkeypatch.setattr(verbs, "AT_ONCE", 3)
    refused = program.get("lists/customers/file")
    assert refused.status_code == 422 and refused.json()["error"]["code"] == "too_much"
    made = program.ask("POST", "exports", {"list": "customers", "sort": "-score"}).json()
    path = f"exports/{made['id']}"
    assert (made["state"], made["rows"]) == ("making", len(STORIES))
    assert program.get(f"{path}/file").status_code == 409
    assert program.ask("POST", "exports", {"list": "customers", "sort": "-score"}).json()["id"] == made["id"]
    assert run_once("worker")
    assert program.get(path).json()["state"] == "done"
    assert names(program.get(f"{path}/file"))[-1] == "Elm Studio"
    assert program.ask("DELETE", path).status_code == 204 and program.get(f"{path}/file").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"list": "shoes"}, 404),
        ({"list": "contacts", "columns": ["shoes"]}, 422),
        ({"list": "customers", "segment": 77}, 404),
        ({"list": "contacts", "condition": AT_RISK}, 422),
        ({"list": "users", "where": ["account=77"]}, 404),
        ({"list": "users", "where": ["account"]}, 422),
    ],
)
def test_it_says_what_cannot_be_made(program, sent, status):
    assert program.ask("POST", "exports", sent).status_code == status


def test_a_token_takes_what_its_scopes_let_it_read(alice, bob):
    assert AREAS.keys() == listings().keys() - {"gallery"}
    exports = {Area.EXPORTS: Access.WRITE}
    some = Program.of(alice, {**exports, Area.CONTACTS: Access.READ})
    assert [each["name"] for each in some.get("lists").json()] == ["contacts"]
    refused = some.ask("POST", "exports", {"list": "customers"})
    assert refused.status_code == 403 and refused.json()["error"]["code"] == "scope_missing"
    made = Program.of(alice, name="All").ask("POST", "exports", {"list": "audit"}).json()
    assert some.get(f"exports/{made['id']}/file").status_code == 403
    bobs = Program.of(bob).ask("POST", "exports", {"list": "audit"})
    assert bobs.status_code == 403 and bobs.json()["error"]["code"] == "forbidden"
