"""Touch coverage of the sample company, asked as conditions: equal to figures computed apart."""

from calendar import monthrange
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.dimension import account_rows
from tenure.core.conditions.document import from_document
from tenure.health.close_day import close_day
from tenure.health.metrics import define_metric
from tenure.people.models import Member, Role
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tests.core.cs_core_sample import FOLDER, expected
from tests.imports.conftest import desk, house
from tests.imports.data_sets import CSMS
from tests.segments.core_sample import ACTIVE, under_contract

__all__ = ["desk", "house"]
UTC = ZoneInfo("UTC")
MONTHS = ["2024-02", "2025-02", "2025-06", "2025-07"]  # of 29, 28, 30 and 31 days

pytestmark = pytest.mark.slow


def last_day(month):
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])


@pytest.fixture
def asking(desk, house, settings):
    """The company with its people in charge and its follow-ups, the last days of the months closed."""
    for name in CSMS:
        Member.objects.create(email=f"{name}@example.com", name=name, role=Role.CSM)
    days = [last_day(month) for month in MONTHS]
    for day in days:
        desk.bring("accounts", under_contract(day))
        for name in ("follow_ups", "own_follow_ups"):
            spec = {"kind": "trait", "property": f"{name}:{day.day}"}
            define_metric({"key": f"{name}_{day.day}", "name": name, "unit": "count", "spec": spec}, None)
    desk.bring("owners", (FOLDER / "owners.csv").read_bytes())
    desk.bring("follow-ups", (FOLDER / "followups.csv.gz").read_bytes())
    rows = [(pk, name, external_id, first or days[0]) for pk, name, external_id, first in account_rows()]
    house.store.set_accounts(rows)
    for day in days:
        close_day(day, store=house.store, zone=UTC)
    return Asking(house.store, settings.CONFIG.zone, read_catalogue().fields)


def test_it_finds_who_is_looked_after_and_who_was_touched(asking):
    members = dict(Member.objects.values_list("name", "pk"))

    def count(day, csm, *leaves):
        mine = {"field": "charge.csm", "comparison": "in", "value": [members[csm]]}
        return len(asking.on(from_document({"all": [ACTIVE, mine, *leaves]}, asking.fields), day))

    def touched(name, day):
        return {"field": f"metric.{name}_{day.day}", "comparison": ">", "value": 0}

    rows = [each for each in expected()["coverage"] if each["month"] in MONTHS]
    assert len(rows) > 15
    for each in rows:
        day, csm = last_day(each["month"]), each["csm"]
        assert count(day, csm) == each["owned"]
        assert count(day, csm, touched("follow_ups", day)) == each["touched_by_anyone"]
        assert count(day, csm, touched("own_follow_ups", day)) == each["touched_by_owner"]
