"""`tenure export`: lists as files, as a member sees them."""

import csv
import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from django.conf import settings

from tenure.activity.models import Activity
from tenure.cli.command import Context
from tenure.cli.commands.export import COMMANDS
from tenure.core.conditions.tree import EVERYONE
from tenure.lib.errors import TenureError
from tenure.segments.models import Sharing
from tenure.segments.saving import Draft, save_segment
from tenure.segments.views.saving import save_view
from tests.lib.sheet import sheet
from tests.web.customers.company import STORIES, TODAY
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

(EXPORT,) = COMMANDS
AT_RISK = json.dumps({"field": "health.state", "comparison": "in", "value": ["at_risk"]})


@pytest.fixture
def export(customers, alice, tmp_path, monkeypatch):  # noqa: F811
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> dict:
        parser = ArgumentParser()
        EXPORT.options(parser)
        return EXPORT.run(vars(parser.parse_args(arguments)), Context(settings.CONFIG, lambda done, total: None))

    return run


def names(done: dict) -> list[str]:
    with Path(done["file"]).open(encoding="utf-8-sig") as file:
        return [next(iter(row.values())) for row in csv.DictReader(file)]


def test_it_writes_a_list_of_the_latest_day_into_this_folder(export, tmp_path):
    done = export("customers")
    assert (done["file"], done["rows"]) == (str(tmp_path / f"customers-{TODAY}.csv"), len(STORIES))
    assert f"{len(STORIES)} rows written to" in EXPORT.show(done)
    made = Activity.objects.get(verb="export.made")
    assert (made.actor, made.detail["what"], made.detail["rows"]) == (None, "customers", len(STORIES))
    assert [path.name for path in tmp_path.iterdir()] == [f"customers-{TODAY}.csv"]


def test_it_narrows_sorts_and_chooses_columns(export, alice):
    assert names(export("customers", "--condition", AT_RISK)) == ["Dahlia Media"]
    save_segment(Draft("All of them", EVERYONE, "", Sharing.PRIVATE), actor=alice)
    assert len(names(export("customers", "--segment", "All of them"))) == len(STORIES)
    save_view("Weak", {"condition": [AT_RISK], "columns": ["score"]}, Sharing.PRIVATE, actor=alice)
    assert names(export("customers", "--view", "Weak")) == ["Dahlia Media"]
    assert names(export("customers", "--search", "hazel")) == ["Hazel Bank"]
    assert names(export("customers", "--sort=-score"))[-1] == "Elm Studio"
    done = export("customers", "--columns", "score", "--day", "2026-06-01", "--output", "scores.xlsx")
    assert sheet(Path(done["file"]).read_bytes())[0] == ["Customer", "Id", "Score"]


def test_it_writes_what_a_member_sees_in_their_language(export, bob):
    bob.language = "zh-hans"
    bob.save()
    done = export("customers", "--as", "bob@example.com")
    assert done["rows"] == 0  # bob looks after nobody
    assert Path(done["file"]).read_text().startswith("\ufeff客户")
    assert Activity.objects.get(verb="export.made").actor == bob


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "There is no list nothing. There are: audit, contacts, customers"),
        (("audit", "--as", "bob@example.com"), "Bob may not export this list."),
        (("customers", "--as", "eve@example.com"), "No member who may sign in"),
        (("customers", "--segment", "Gone"), "There is no segment 'Gone'"),
        (("contacts", "--condition", AT_RISK), "narrow customers, and no other list"),
        (("customers", "--condition", '{"field": "shoe.size"}'), "shoe.size"),
        (("customers", "--columns", "shoes"), "There is no column “shoes”. There are: name, "),
        (("customers", "--sort", "trend"), "cannot be sorted by “trend”"),
        (("customers", "--output", "customers.pdf"), "say --format"),
        (("users", "--where", "account=999"), "There is no such row"),
    ],
)
def test_it_says_what_cannot_be_done(export, bob, tmp_path, arguments, said):
    with pytest.raises(TenureError, match=said.replace("(", r"\(")):
        export(*arguments)
    assert not list(tmp_path.glob("*.*"))
