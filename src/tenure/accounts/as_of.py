"""What was true about accounts at a time, as far as it was known at a time. Both times include their instant."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, DateTimeField, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import Rank

from tenure.accounts.models import Fact
from tenure.accounts.values import canonical
from tenure.lib.compiled import Compiled, Given


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last instant of a day in the zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


def counting(known_at: datetime | Given | None = None) -> QuerySet[Fact]:
    """The facts that count: neither corrected nor withdrawn, as far as it was known then; None is now."""
    facts, later = Fact.objects.filter(withdrawal=False), Fact.objects.filter(corrects=OuterRef("pk"))
    if known_at is not None:
        facts, later = facts.filter(recorded_at__lte=known_at), later.filter(recorded_at__lte=known_at)
    return facts.filter(~Exists(later))


def facts_at(
    account_id: int, as_of: datetime, known_at: datetime | None = None, fields: Collection[str] | None = None
) -> dict[str, Fact]:
    """One account: by field the fact that was true then, without fields that were unknown or empty; None is all.

    Who wrote a fact is looked up when it is asked for.
    """
    facts = _true(known_at is not None, fields is not None).ask(
        account=account_id, as_of=as_of, known_at=known_at, fields=fields
    )
    newest: dict[str, Fact] = {}
    for fact in facts:
        held = newest.get(fact.field)
        if held is None or _order(held) < _order(fact):
            newest[fact.field] = fact
    return {field: fact for field, fact in sorted(newest.items()) if fact.value is not None}


@cache
def _true(known_then: bool, some_fields: bool) -> Compiled[Fact]:
    """Facts of an account that were true at `as_of` or before; with or without `known_at` and `fields`."""
    given = partial(Given, field=DateTimeField())

    def build() -> QuerySet[Fact]:
        facts = counting(given("known_at") if known_then else None)
        facts = facts.filter(account=Given("account", BigIntegerField()), valid_from__lte=given("as_of"))
        return facts.filter(field__any_of=Given("fields")) if some_fields else facts

    return Compiled(build)


def values_at(
    as_of: datetime,
    known_at: datetime | None = None,
    fields: Collection[str] | None = None,
    account_ids: Collection[int] | None = None,
) -> dict[str, dict[int, Any]]:
    """Many accounts: {field: {account id: value}}, without values that were unknown or empty; None is all."""
    facts = counting(known_at).filter(valid_from__lte=as_of)
    if fields is not None:
        facts = facts.filter(field__in=fields)
    if account_ids is not None:
        facts = facts.filter(account_id__any_of=account_ids)
    place = [F("account_id"), F("field")]
    newest = Window(Rank(), partition_by=place, order_by=F("valid_from").desc())
    rows = facts.annotate(rank=newest).filter(rank=1).values_list("field", "account_id", "value")
    found: dict[str, dict[int, Any]] = {}
    for field, account_id, value in sorted(rows, key=lambda row: canonical(row[2])):
        found.setdefault(field, {})[account_id] = value
    return {
        field: held for field, values in found.items() if (held := {k: v for k, v in values.items() if v is not None})
    }


def _order(fact: Fact) -> tuple[datetime, str]:
    return fact.valid_from, canonical(fact.value)
