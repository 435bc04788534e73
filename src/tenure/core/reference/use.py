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


def user_runs(
    events: Sequence[Event],
    account_id: int,
    last: date,
    gap_days: int,
    *,
    classes: Mapping[int, int],
    excluded: Collection[int],
) -> list[tuple[int, date, date]]:
    """(user, first day, last day) of use without a gap of more than `gap_days`, by first day and user."""
    days: dict[int, set[date]] = defaultdict(set)
    for event in _use(events, account_id, (date.min, last), classes, (BASE, VALUE), excluded):
        days[event.user_id].add(event.day)
    runs: list[tuple[int, date, date]] = []
    for user, used in days.items():
        for day in sorted(used):
            if runs and runs[-1][0] == user and (day - runs[-1][2]).days <= gap_days:
                runs[-1] = (user, runs[-1][1], day)
            else:
                runs.append((user, day, day))
    return sorted(runs, key=lambda run: (run[1], run[0]))


def first_uses(events: Sequence[Event], account_id: int, last: date) -> list[tuple[int, date]]:
    """(event, its first day) in the account until `last`, by day and event."""
    first: dict[int, date] = {}
    for event in events:
        if event.account_id == account_id and event.day <= last:
            first[event.event_id] = min(event.day, first.get(event.event_id, event.day))
    return sorted(first.items(), key=lambda each: (each[1], each[0]))


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
