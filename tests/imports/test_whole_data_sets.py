"""Whole data sets of others (see shared/data/README.md), imported as one would on the command line."""

import pytest

from tenure.accounts.models import Account
from tenure.health.models import CountedValue
from tenure.imports.at_once import import_at_once
from tenure.work.models import FollowUp
from tests.imports.conftest import SHARED

CORE, CRM, RAVEN = SHARED / "cs_core_sample", SHARED / "crm_sales_opportunities", SHARED / "ravenstack"


def brought(kind, path, **named):
    found = import_at_once(kind, path, named=named)
    assert (found.counts.refused, found.problems) == (0, [])
    return found.counts.as_tuple()


@pytest.mark.slow
@pytest.mark.skipif(not CORE.exists(), reason=f"OUTSIDE DATA MISSING: {CORE}")
def test_it_imports_the_core_sample_whole_and_again_without_a_change(db):
    assert brought("accounts", CORE / "accounts.csv") == (60, 0, 0, 0)
    assert brought("follow-ups", CORE / "followups.csv.gz") == (1_068, 0, 0, 0)
    assert brought("metric-values", CORE / "metrics_daily.csv.gz") == (26_860, 0, 0, 0)
    first = Account.objects.get(external_id="C0001")
    assert first.traits["licensed_users"] == 80
    assert (FollowUp.objects.count(), CountedValue.objects.filter(until=None).count()) == (1_068, 3 * 26_860)
    assert brought("accounts", CORE / "accounts.csv") == (0, 0, 60, 0)
    assert brought("follow-ups", CORE / "followups.csv.gz") == (0, 0, 1_068, 0)
    assert brought("metric-values", CORE / "metrics_daily.csv.gz") == (0, 0, 26_860, 0)


@pytest.mark.skipif(not CRM.exists(), reason=f"OUTSIDE DATA MISSING: {CRM}")
def test_it_imports_the_customers_of_a_crm(db):
    assert brought("accounts", CRM / "accounts.csv.gz") == (85, 0, 0, 0)
    acme = Account.objects.get(external_id="Acme Corporation").traits
    assert (acme["revenue"], acme["employees"], acme["office_location"]) == (1100.04, 2822, "United States")


@pytest.mark.skipif(not RAVEN.exists(), reason=f"OUTSIDE DATA MISSING: {RAVEN}")
def test_it_imports_ravenstacks_customers(db):
    assert brought("accounts", RAVEN / "ravenstack_accounts.csv.gz") == (500, 0, 0, 0)
    found = Account.objects.get(external_id="A-2e4581")
    assert (found.name, found.traits["signup_date"], found.traits["is_trial"]) == ("Company_0", "2024-10-16", False)
