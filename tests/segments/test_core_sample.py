"""The sample company, its change of use and its active ratio, asked as conditions: equal to figures computed apart."""

import csv
import gzip
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.dimension import account_rows
from tenure.accounts.models import Account
from tenure.core.conditions.document import from_document
from tenure.health.close_day import close_day
from tenure.health.metrics import define_metric, metrics_in_use
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.warehouse.schema import metric_column
from tests.core.cs_core_sample import FOLDER, expected
from tests.imports.conftest import desk, house
from tests.segments.core_sample import ACTIVE, as_csv, under_contract

__all__ = ["desk", "house"]
UTC = ZoneInfo("UTC")
WEEK, YEAR = timedelta(days=7), 365  # no leap day lies between
CHANGE = {date.fromisoformat(day): found for day, found in expected()["metric_change"].items()}
RATIO = {date.fromisoformat(day): found for day, found in expected()["active_ratio"].items()}

pytestmark = pytest.mark.slow


def numbers(wanted: set[date]) -> bytes:
    """The rows of the daily metrics that these days need."""
    with gzip.open(FOLDER / "metrics_daily.csv.gz", "rt") as file:
        rows = list(csv.reader(file))
    kept = [row for row in rows[1:] if date.fromisoformat(row[0]) in wanted]
    return as_csv([rows[0], *kept])


def define(key: str, unit: str, **spec: object) -> None:
    define_metric({"key": key, "name": key, "unit": unit, "spec": spec}, None)


@pytest.fixture
def asked(desk, house):
    """Asks a condition on a day: the ids of the accounts as the sample calls them."""
    looked_at = {day - ago for day in CHANGE for ago in (timedelta(0), WEEK, timedelta(days=YEAR))}
    wanted = {day - timedelta(days=ago) for day in looked_at for ago in range(7)}
    wanted |= {day - timedelta(days=ago) for day in RATIO for ago in range(30)}
    for day in sorted({*CHANGE, *RATIO}):
        desk.bring("accounts", under_contract(day))
    desk.bring("metric-values", numbers(wanted))
    define("queries_7", "count", kind="trait", property="counted:queries:7")
    define("peak", "count", kind="trait", property="counted:active_users:30:highest")
    define("licensed", "count", kind="trait", property="licensed_users")
    define("active_ratio", "share", kind="ratio", numerator="peak", denominator="licensed")
    house.store.set_accounts(account_rows())
    for day in sorted({*looked_at, *RATIO}):
        close_day(day, store=house.store, zone=UTC)
    catalogue = read_catalogue()
    asking = Asking(house.store, UTC, catalogue.fields)
    names = dict(Account.objects.values_list("pk", "external_id"))

    def ask(day: date, *leaves: object) -> list[str]:
        node = from_document({"all": [ACTIVE, *leaves]}, catalogue.fields)
        return sorted(names[pk] for pk in asking.on(node, day))

    ask.store = house.store
    return ask


def change(against: str, share: float) -> dict[str, object]:
    return {"field": "metric.queries_7", "change": {"against": against}, "comparison": "<=", "value": share}


def ranked(comparison: str) -> dict[str, object]:
    ten = {"field": "metric.queries_7", "comparison": comparison, "value": {"percent": 10}}
    return {**ten, "within": "fact.under_contract"}


def test_it_finds_changes_and_ranks_and_the_active_ratio(asked):
    for day, found in CHANGE.items():
        assert len(asked(day)) == found["active_accounts"]
        assert asked(day, change("period_before", -0.3)) == found["trigger_pop_down_30pct"]
        assert asked(day, change("year_before", -0.2)) == found["trigger_yoy_down_20pct"]
        bottom, top = found["bottom_10pct"], found["top_10pct"]
        assert asked(day, ranked("bottom")) == sorted(bottom["strictly_below"] + bottom["tied_at_boundary"])
        assert asked(day, ranked("top")) == sorted(top["strictly_above"] + top["tied_at_boundary"])
    names = dict(Account.objects.values_list("pk", "external_id"))
    column = metric_column(metrics_in_use()["active_ratio"].pk)
    for day, ratios in RATIO.items():
        rows = {names[pk]: value for pk, value in asked.store.day_values(day, [column])}
        assert {name: round(rows[name], 6) for name in asked(day)} == ratios
        half = [name for name, value in ratios.items() if value >= 0.5]
        assert asked(day, {"field": "metric.active_ratio", "comparison": ">=", "value": 0.5}) == sorted(half)
