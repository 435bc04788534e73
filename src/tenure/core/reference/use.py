"""Who used an account's product, from the events themselves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tenure.core.reference.events import Event
from tenure.core.reference.rollups import BASE, VALUE, is_counted

Span = tuple[date, date]


class Use(NamedTuple):
    user_id: int
    active_days: int
    events: int
    value_events: int
    last_day: date


def account_users(
    events: Sequence[Event],
    account_id: int,
    span: Span,
    *,
    classes: Mapping[int, int],
    excluded: Collection[int],
) -> list[Use]:
    """Users with a base or value event in the span: latest day first, then larger count, then smaller id."""
    of_user: dict[int, list[Event]] = defaultdict(list)
    for event in _use(events, account_id, span, classes, (BASE, VALUE), excluded):
        of_user[event.user_id].append(event)
    uses = [
        Use(
            user,
            len({event.day for event in own}),
            len(own),
            sum(classes[event.event_id] == VALUE for event in own),
            max(event.day for event in own),
        )
        for user, own in of_user.items()
    ]
    return sorted(uses, key=lambda use: (-use.last_day.toordinal(), -use.events, use.user_id))


def active_users(
    events: Sequence[Event],
    account_id: int,
    span: Span,
    *,
    classes: Mapping[int, int],
    excluded: Collection[int],
) -> int:
    """Users with a value event in the span."""
    return len({event.user_id for event in _use(events, account_id, span, classes, (VALUE,), excluded)})


def active_users_by_day(
    events: Sequence[Event],
    account_id: int,
    span: Span,
    *,
    classes: Mapping[int, int],
    excluded: Collection[int],
) -> list[tuple[date, int]]:
    """(day, active users) of the days that have any."""
    users: dict[date, set[int]] = defaultdict(set)
    for event in _use(events, account_id, span, classes, (VALUE,), excluded):
        users[event.day].add(event.user_id)
    return [(day, len(users[day])) for day in sorted(users)]


def _use(
    events: Sequence[Event],
    account_id: int,
    span: Span,
    classes: Mapping[int, int],
    wanted: tuple[int, ...],
    excluded: Collection[int],
) -> list[Event]:
    first, last = span
    return [
        event
        for event in events
        if event.account_id == account_id
        and first <= event.day <= last
        and classes.get(event.event_id, 0) in wanted
        and is_counted(event.user_id, excluded)
    ]
