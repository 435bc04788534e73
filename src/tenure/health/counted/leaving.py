"""What counted numbers mean for accounts that files brought: accounts.leaving."""

from django.db.models import F, Q

from tenure.accounts.leaving.traces import Why, declare
from tenure.health.models import CountedValue


def declare_own() -> None:
    """Those of an import that was undone keep nothing."""
    declare(CountedValue, Why.RECORDS, aside=lambda: Q(until=F("brought_by")))
