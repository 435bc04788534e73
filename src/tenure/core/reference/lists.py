"""Lists of events and of accounts, filtered, sorted and cut into pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tenure.core.reference.events import Event

Row = Mapping[str, float | int | None]


def list_events(
    events: Sequence[Event],
    *,
    account_ids: Collection[int] | None = None,
    user_id: int | None = None,
    event_ids: Collection[int] | None = None,
    first: date | None = None,
    last: date | None = None,
    before: tuple[datetime, bytes] | None = None,
) -> list[Event]:
    """The events that pass, latest first; None is no limit, an empty list of ids passes none."""
    passing = [
        event
        for event in events
        if (account_ids is None or event.account_id in account_ids)
        and (user_id is None or event.user_id == user_id)
        and (event_ids is None or event.event_id in event_ids)
        and (first is None or event.day >= first)
        and (last is None or event.day <= last)
        and (before is None or (event.time, event.message_id) < before)
    ]
    return sorted(passing, key=lambda event: (event.time, event.message_id), reverse=True)


@dataclass(frozen=True)
class Listed:
    """An account in a list: its sort key, what a search looks in, and its numbers that day."""

    account_id: int
    name_sort: str
    search_text: str
    values: Row


def list_accounts(
    accounts: Sequence[Listed],
    *,
    order_by: str = "name",
    descending: bool = False,
    needle: str = "",
    states: Collection[int] | None = None,
    account_ids: Collection[int] | None = None,
    visible: Collection[int] | None = None,
) -> list[int]:
    """Account ids in order: accounts without a value last in either direction, ties by name, then id."""
    passing = [
        each
        for each in accounts
        if needle in each.search_text
        and (states is None or each.values.get("health_state") in states)
        and (account_ids is None or each.account_id in account_ids)
        and (visible is None or each.account_id in visible)
    ]
    passing.sort(key=lambda each: each.account_id)
    if order_by == "name":
        passing.sort(key=lambda each: each.name_sort.encode(), reverse=descending)
        return [each.account_id for each in passing]
    passing.sort(key=lambda each: each.name_sort.encode())
    known = [(value, each) for each in passing if (value := each.values.get(order_by)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return [each.account_id for _, each in known] + [
        each.account_id for each in passing if each.values.get(order_by) is None
    ]
