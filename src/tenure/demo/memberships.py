"""Who entered the demo's segments and left them since they were saved, as a server would have seen it day by day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tenure.core.conditions.document import from_document
from tenure.lib.bulk import insert_rows
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.models import Membership, Segment
from tenure.warehouse.store import Store

_COLUMNS = ("segment", "account", "entered_at", "entered", "began_by_change", "left_at", "left")


def follow_the_past(store: Store, last_day: date, zone: ZoneInfo) -> None:
    """Writes it down for segments that nobody follows yet: one question each."""
    fields = read_catalogue().fields
    asking = Asking(store, zone, fields)
    for segment in Segment.objects.filter(followed_version=0):
        first = segment.created_at.astimezone(zone).date()
        found = asking.over(from_document(segment.condition, fields), first, last_day)
        days = [first + timedelta(days=n) for n in range((last_day - first).days + 1)]
        insert_rows(Membership, _COLUMNS, [(segment.pk, *row) for row in membership_rows(days, found, zone)])
        Segment.objects.filter(pk=segment.pk).update(followed_version=segment.version)


def membership_rows(days: list[date], found: dict[date, frozenset[int]], zone: ZoneInfo) -> Iterator[tuple[Any, ...]]:
    """(account, entered at, what was seen, whether it was in it from the start, left at, what was seen)."""
    since: dict[int, date] = {}
    for day in days:
        meant = found.get(day, frozenset())
        for account in sorted(since.keys() - meant):
            begun = since.pop(account)
            yield account, _at(begun, zone), _seen(begun), begun == days[0], _at(day, zone), _seen(day)
        since.update((account, day) for account in meant - since.keys())
    for account, begun in sorted(since.items()):
        yield account, _at(begun, zone), _seen(begun), begun == days[0], None, {}


def _at(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 55), zone)


def _seen(day: date) -> dict[str, Any]:
    return {"day": day.isoformat(), "version": 1, "values": {}, "because": {}}
