"""Counts by day, and the pairs of account and user."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from tenure.core.reference.events import Event, Stored

BASE, VALUE = 1, 2  # event classes that are use; 0 is ignored

Pair = tuple[int, int]
Span = tuple[date, date]


def event_day(events: Iterable[Event], excluded: Collection[int]) -> dict[tuple[int, int, date], tuple[int, int]]:
    """(account, event, day) -> (count, users)."""
    counts: dict[tuple[int, int, date], int] = defaultdict(int)
    users: dict[tuple[int, int, date], set[int]] = defaultdict(set)
    for event in events:
        key = event.account_id, event.event_id, event.day
        counts[key] += 1
        if is_counted(event.user_id, excluded):
            users[key].add(event.user_id)
    return {key: (count, len(users[key])) for key, count in counts.items()}


def event_volumes(
    events: Iterable[Event], span: Span, event_ids: Collection[int] | None = None
) -> list[tuple[int, date, int]]:
    """(event, day, count) in the span, by event and day; None is every event."""
    counts: dict[tuple[int, date], int] = defaultdict(int)
    for event in events:
        if span[0] <= event.day <= span[1] and (event_ids is None or event.event_id in event_ids):
            counts[event.event_id, event.day] += 1
    return sorted((event, day, count) for (event, day), count in counts.items())


def event_totals(events: Iterable[Event], recent: Span | None = None) -> list[tuple[int, int, date, date, int]]:
    """(event, count, first day, last day, count in the span), by event."""
    days: dict[int, list[date]] = defaultdict(list)
    for event in events:
        days[event.event_id].append(event.day)
    return [
        (event, len(own), min(own), max(own), sum(recent[0] <= day <= recent[1] for day in own) if recent else 0)
        for event, own in sorted(days.items())
    ]


def user_day(events: Iterable[Event], classes: Mapping[int, int]) -> dict[tuple[int, int, date], tuple[int, int]]:
    """(account, user, day) -> (events of class base or value, events of class value)."""
    counts: dict[tuple[int, int, date], int] = defaultdict(int)
    values: dict[tuple[int, int, date], int] = defaultdict(int)
    for event in events:
        kind = classes.get(event.event_id, 0)
        if kind in (BASE, VALUE) and event.user_id:
            key = event.account_id, event.user_id, event.day
            counts[key] += 1
            values[key] += kind == VALUE
    return {key: (count, values[key]) for key, count in counts.items()}


def first_days(stored: Stored) -> dict[Pair, date]:
    """(account, user) -> first day seen in an event or linked; user 0 = no user."""
    days: dict[Pair, date] = first_event_days(stored.events)
    for link in stored.links:
        pair = link.account_id, link.user_id
        days[pair] = min(days.get(pair, link.first_day), link.first_day)
    return days


def first_event_days(events: Iterable[Event]) -> dict[Pair, date]:
    days: dict[Pair, date] = {}
    for event in events:
        pair = event.account_id, event.user_id
        days[pair] = min(days.get(pair, event.day), event.day)
    return days


def account_first_days(stored: Stored) -> dict[int, date]:
    """account -> first day of any pair; account 0 is none."""
    days: dict[int, date] = {}
    for (account, _), day in first_days(stored).items():
        if account:
            days[account] = min(days.get(account, day), day)
    return days


def opened_users(stored: Stored, account_id: int, day: date, excluded: Collection[int]) -> int:
    """Users seen or linked until the day."""
    return sum(
        account == account_id and first <= day and is_counted(user, excluded)
        for (account, user), first in first_days(stored).items()
    )


def is_counted(user_id: int, excluded: Collection[int]) -> bool:
    return user_id != 0 and user_id not in excluded
