"""Whole data sets of others, imported as one would on the command line: counts, and what is refused row by row."""

from collections import Counter

import pytest

from tenure.accounts.assignments.reading import at
from tenure.accounts.models import Account
from tenure.events.inbox import current
from tenure.health.models import CountedValue
from tenure.imports.at_once import import_at_once
from tenure.people.models import Member, Role
from tenure.records.models import Opportunity, SurveyAnswer, Ticket
from tenure.work.models import FollowUp
from tests.imports.data_sets import CSMS, DATA_SETS, File


def bring(file: File) -> None:
    """Imports the file, and counts what became of its rows, the refused ones by column and reason."""
    if not file.path.exists():
        pytest.skip(f"OUTSIDE DATA MISSING: {file.path}")
    brought = import_at_once(file.kind, file.path, named=file.named)
    rows = brought.file_import.refusals.filter(checked=False).values_list("problems", flat=True)
    told = Counter((column, reason.partition(".")[0]) for problems in rows for column, _value, reason in problems)
    assert (brought.counts.as_tuple(), told) == (file.counts, file.reasons)


def bring_all(name: str, *kinds: str) -> None:
    for file in DATA_SETS[name]:
        if not kinds or file.kind in kinds:
            bring(file)


@pytest.fixture
def team(db):
    Member.objects.bulk_create([Member(email=f"{name}@example.com", name=name, role=Role.CSM) for name in CSMS])


def test_it_imports_who_was_in_charge_and_what_they_were_told(team):
    bring_all("cs_core_sample", "accounts", "owners", "follow-ups", "survey-answers")
    assert Account.objects.get(external_id="C0001").traits["licensed_users"] == 80
    assert (FollowUp.objects.count(), SurveyAnswer.objects.count()) == (1_068, 86)
    assert set(FollowUp.objects.values_list("created_by__name", flat=True)) == set(CSMS)
    assert at(None).count() == 60


@pytest.mark.slow
def test_it_imports_daily_numbers_whole_and_again_without_a_change(db):
    accounts, numbers = (file for file in DATA_SETS["cs_core_sample"] if file.kind in ("accounts", "metric-values"))
    bring(accounts)
    bring(numbers)
    assert CountedValue.objects.filter(until=None).count() == 3 * 26_860
    again = import_at_once(numbers.kind, numbers.path, named={})
    assert again.counts.as_tuple() == (0, 0, 26_860, 0)


@pytest.mark.slow
def test_it_imports_a_crm_and_names_every_sale_without_a_customer(db):
    bring_all("crm_sales_opportunities")
    acme = Account.objects.get(external_id="Acme Corporation").traits
    assert (acme["revenue"], acme["employees"], acme["office_location"]) == (1100.04, 2822, "United States")
    assert Opportunity.objects.filter(product="GTXPro").count() == 1_258  # as it is written; 222 more have no customer
    assert Opportunity.objects.get(key="1C1I7A6R").value == 1_054


@pytest.mark.slow
def test_it_imports_ravenstack_and_names_usage_that_is_told_twice(house):
    current.use(house.inbox)
    bring_all("ravenstack")
    current.use(None)
    house.loader.load_all()
    found = Account.objects.get(external_id="A-2e4581")
    assert (found.name, found.traits["signup_date"], found.traits["is_trial"]) == ("Company_0", "2024-10-16", False)
    assert Ticket.objects.filter(closed_at=None).count() == 0
    assert house.store.totals().events == 5_000 + 24_958 + 600  # users are told by events of their own
    assert Account.objects.count() == 500
