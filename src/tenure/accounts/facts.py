"""Facts about accounts: recorded as systems say them, and true from the time they name, not before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from tenure.accounts.fact_book import Place, project, read_accounts, read_book, write_book
from tenure.accounts.models import Account
from tenure.accounts.runs import Origin, say
from tenure.accounts.values import canonical, keepable
from tenure.people.models import Member

#: The job that makes facts current whose time has come.
JOB = "begin_facts"
_AT_ONCE = 500


class Said(NamedTuple):
    """At `time_us` (since 1970 UTC) it was said that these traits of the account have these values."""

    account_id: int
    time_us: int
    traits: dict[str, Any]


def record_facts(
    said: Iterable[Said], source: str, recorded_at: datetime, actor: Member | None = None
) -> list[Account]:
    """Records what is new, within the caller's transaction; returns the accounts whose projection changed.

    A value equal to the one already true at that time adds no fact, nor does one that was called wrong since. The
    projection (Account.traits, Account.name) is the value of the latest time up to `recorded_at`, whatever the order
    of arrival.
    """
    statements: dict[Place, list[tuple[int, str, Any]]] = defaultdict(list)
    for account_id, time_us, traits in said:
        for field, value in keepable(traits).items():
            statements[account_id, field].append((time_us, canonical(value), value))
    if not statements:
        return []
    book = read_book(statements)
    origin = Origin(source, actor.pk if actor else None)
    for place, new in statements.items():
        known = book[place]
        for time_us, text, value in sorted(new, key=lambda each: each[:2]):
            if not known.was_withdrawn(time_us, text):
                say(known.runs, time_us, text, value, origin)
    return write_book(book, recorded_at)[1]


def begin_facts(now: datetime) -> list[Account]:
    """Makes current what was recorded ahead of its time and is true by now; returns the accounts that changed."""
    changed: list[Account] = []
    while due := list(Account.objects.filter(next_fact_at__lte=now).values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            changed += project(read_accounts(due), now, whole=True)
    return changed
