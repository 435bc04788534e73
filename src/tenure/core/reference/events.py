"""What is stored after batches were appended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

TIMELESS_DAYS = 7


class Event(NamedTuple):
    """A row of the event table; see warehouse.schema."""

    message_id: bytes
    account_id: int
    user_id: int
    identity_id: int
    event_id: int
    time: datetime
    day: date
    received_at: datetime
    explicit: bool
    properties: str


class Link(NamedTuple):
    account_id: int
    user_id: int
    first_day: date


class UserSpan(NamedTuple):
    """The user's events that do not name an account belong to `account_id` for since <= time < until; None is open."""

    user_id: int
    account_id: int
    since: datetime | None
    until: datetime | None

    def holds(self, event: Event) -> bool:
        after = self.since is None or event.time >= self.since
        before = self.until is None or event.time < self.until
        return self.user_id == event.user_id and not event.explicit and after and before


@dataclass(frozen=True)
class Stored:
    events: tuple[Event, ...] = ()
    links: frozenset[Link] = frozenset()


def append(
    stored: Stored,
    rows: Sequence[Event],
    *,
    links: Collection[Link] = (),
    owners: Mapping[int, int] | None = None,
    spans: Sequence[UserSpan] = (),
    timeless: bool = False,
) -> tuple[Stored, int]:
    """What is stored after a batch, and how many of its rows were new. `owners`: identity -> user."""
    new = new_rows(stored, rows, timeless)
    before = [*stored.events, *new]
    after = [repair(event, owners or {}, spans) for event in before]
    named = {*(owners or {}).values(), *(span.user_id for span in spans)}
    kept_before = len(stored.events)
    moved = {
        user
        for old, now in zip(before[:kept_before], after[:kept_before], strict=True)
        if old != now
        for user in (old.user_id, now.user_id)
    }
    kept_links = {link for link in stored.links if link.user_id not in named | moved}
    return Stored(tuple(after), frozenset(kept_links | set(links))), len(new)


def withdraw(stored: Stored, message_ids: Collection[bytes]) -> Stored:
    """What is stored after these messages were taken back."""
    return Stored(tuple(each for each in stored.events if each.message_id not in message_ids), stored.links)


def together(stored: Stored, into: Mapping[int, int]) -> Stored:
    """What is stored, with that of merged accounts as the survivors'."""
    events = (event._replace(account_id=into.get(event.account_id, event.account_id)) for event in stored.events)
    links = (link._replace(account_id=into.get(link.account_id, link.account_id)) for link in stored.links)
    return Stored(tuple(events), frozenset(links))


def new_rows(stored: Stored, rows: Sequence[Event], timeless: bool) -> list[Event]:
    """The rows whose message is not stored on a day where duplicates are looked for, each message once."""
    back = TIMELESS_DAYS if timeless else 0
    days = {row.day - timedelta(days=n) for row in rows for n in range(back + 1)}
    seen = {event.message_id for event in stored.events if event.day in days}
    new = []
    for row in rows:
        if row.message_id not in seen:
            seen.add(row.message_id)
            new.append(row)
    return new


def repair(event: Event, owners: Mapping[int, int], spans: Sequence[UserSpan]) -> Event:
    """The event as its identity's owner's, in the account that the last span that holds it names."""
    event = event._replace(user_id=owners.get(event.identity_id, event.user_id))
    for span in spans:
        if span.holds(event):
            event = event._replace(account_id=span.account_id)
    return event
