"""`tenure segment`: sets, spans, explanations and what is wrong with a condition."""

import json
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.conf import settings

from tenure.accounts.models import Account
from tenure.cli.command import Context
from tenure.cli.commands.segment import COMMANDS, BadCondition
from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore

(SEGMENT,) = COMMANDS
DAY = date(2026, 6, 10)
LOW = {"field": "health.score", "comparison": "<", "value": 40}


@pytest.fixture
def ask(db, tmp_path: Path):
    """Runs the command on two accounts: a1 scores 30 and then 50, a2 30 on both days."""
    store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    first, second = (Account.objects.create(external_id=f"a{n}") for n in (1, 2))
    for ago, scores in ((1, [30.0, 30.0]), (0, [50.0, 30.0])):
        ids = pa.array([first.pk, second.pk], pa.uint32())
        store.write_day(DAY - timedelta(days=ago), pa.table({"account_id": ids, "health_score": pa.array(scores)}))
    current.use(store)

    def run(*arguments: object) -> dict:
        parser = ArgumentParser()
        SEGMENT.options(parser)
        texts = [each if isinstance(each, str) else json.dumps(each) for each in arguments]
        return SEGMENT.run(vars(parser.parse_args(texts)), Context(settings.CONFIG, lambda done, total: None))

    yield run
    current.use(None)
    store.close()


def test_it_gives_the_accounts_of_a_day_of_each_day_and_how_many(ask, tmp_path):
    (tmp_path / "low.json").write_text(json.dumps(LOW))
    assert ask(f"@{tmp_path / 'low.json'}")["accounts"] == ["a2"]  # the latest day
    days = ask(LOW, "--day", "2026-06-09", "--to", "2026-06-10")["days"]
    assert days == {
        "2026-06-09": {"count": 2, "accounts": ["a1", "a2"]},
        "2026-06-10": {"count": 1, "accounts": ["a2"]},
    }
    counts = ask(LOW, "--day", "2026-06-09", "--to", "2026-06-10", "--counts")["days"]
    assert counts == {"2026-06-09": {"count": 2}, "2026-06-10": {"count": 1}}


def test_it_explains_why_an_account_is_not_meant(ask):
    found = ask({"all": [LOW, {"not": LOW}]}, "--explain", "a1")
    low, not_low = found["explanation"]["parts"]
    assert (found["explanation"]["holds"], low["holds"], low["value"], not_low["holds"]) == (False, False, 50.0, True)
    assert "✗ Health score is below 40: 50" in SEGMENT.show(found)


def test_it_lists_what_can_be_asked_about(ask):
    assert {each["field"] for each in ask("--fields")["fields"]} >= {"health.score", "charge.csm"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{"], "is no JSON"),
        ([{"all": [{**LOW, "value": "x"}]}], r"all\[0\].value: must be a number"),
        ([LOW, "--day", "2026-06-10", "--to", "2026-06-09"], "--to is before --day"),
    ],
)
def test_it_says_what_is_wrong(ask, arguments, message):
    with pytest.raises(BadCondition, match=message):
        ask(*arguments)
