"""The first day of each account: of its first event, link or fact, whichever is earliest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Min

from tenure.accounts.models import Account, Fact
from tenure.lib.bulk import update_rows


class FirstDays:
    """Account.first_day, kept in memory and written where it changes."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._days: dict[int, date | None] = dict(Account.objects.values_list("id", "first_day"))

    def forget(self, accounts: Iterable[int]) -> None:
        """These are no more."""
        for key in accounts:
            self._days.pop(key, None)

    def may_lower(self, rows: pa.Table) -> bool:
        """Whether any of these events may be before its account's first day so far; most batches are all later."""
        if not rows.num_rows:
            return False
        earliest = pc.min(rows["day"]).as_py()
        return any((self._days.get(key) or date.max) > earliest for key in pc.unique(rows["account_id"]).to_pylist())

    def lower(self, seen: Mapping[int, date]) -> set[int]:
        """Takes earlier days into account; returns the accounts that changed. An import may have found earlier ones."""
        earlier = {key: day for key, day in seen.items() if day < (self._days.get(key) or date.max)}
        if earlier:
            self._days.update(Account.objects.filter(pk__any_of=earlier).values_list("id", "first_day"))
        return self._write({key: day for key, day in earlier.items() if day < (self._days.get(key) or date.max)})

    def correct(self, in_events: Mapping[int, date]) -> set[int]:
        """Sets all first days from `in_events` (Store.first_days) and the facts, after events changed accounts."""
        gone = [key for key, day in self._days.items() if day is not None and key not in in_events]
        later = [key for key, day in in_events.items() if (known := self._days.get(key)) is not None and day > known]
        days: dict[int, date | None] = {**dict.fromkeys(gone), **in_events}
        facts = Fact.objects.filter(account_id__any_of=[*gone, *later]).values_list("account_id")
        for account_id, first in facts.annotate(Min("valid_from")).order_by():
            day = first.astimezone(self._zone).date()
            days[account_id] = min(day, days[account_id] or day)
        return self._write({key: day for key, day in days.items() if day != self._days.get(key)})

    def _write(self, changed: Mapping[int, date | None]) -> set[int]:
        if changed:
            rows = [Account(pk=key, first_day=day) for key, day in changed.items()]
            update_rows(rows, ["first_day"])
            self._days.update(changed)
        return set(changed)


def seen_by(rows: pa.Table, links: Sequence[tuple[int, int, date]]) -> Iterable[tuple[int, date]]:
    """Accounts and days a batch saw them, by its events and its links; an account may come several times."""
    yield from ((account_id, day) for account_id, _, day in links)
    days = rows.group_by("account_id").aggregate([("day", "min")])
    yield from zip(days["account_id"].to_pylist(), days["day_min"].to_pylist(), strict=True)


def earliest(seen: Iterable[tuple[int, date]]) -> dict[int, date]:
    """Account -> its earliest day; what names no account (0) is left out."""
    found: dict[int, date] = {}
    for account_id, day in seen:
        if account_id and day < found.get(account_id, date.max):
            found[account_id] = day
    return found
