"""An account's latest events, a page at a time by key, so that new arrivals never shift a page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tenure.accounts.models import User
from tenure.events.models import EventType
from tenure.warehouse.store import EventFilter, EventRow, Store

PAGE = 30
SHOWN_PROPERTIES = 2


@dataclass(frozen=True)
class StreamRow:
    """`time` in UTC; `properties` all of them as (name, text), in the order they were sent."""

    time: datetime
    event: str
    event_id: int
    user: str
    user_id: int
    properties: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        return self.properties[:SHOWN_PROPERTIES]


@dataclass(frozen=True)
class StreamPage:
    """`next_key` fetches the page after this one; empty on the last."""

    rows: tuple[StreamRow, ...]
    next_key: str


class BadKey(ValueError):
    """The address names a place in the list that cannot be read."""


def stream_page(
    store: Store, account_id: int, day: date, *, event_id: int | None, user_id: int | None, key: str = ""
) -> StreamPage:
    """One page of the account's events up to the day, latest first; raises BadKey."""
    wanted = EventFilter(
        account_ids=[account_id],
        user_id=user_id,
        event_ids=None if event_id is None else [event_id],
        last=day,
        before=read_key(key) if key else None,
    )
    found = store.events(wanted, limit=PAGE + 1)
    rows = found[:PAGE]
    return StreamPage(tuple(named_rows(rows)), write_key(rows[-1]) if len(found) > PAGE else "")


def write_key(row: EventRow) -> str:
    return f"{row.time.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{row.message_id.hex()}"


def read_key(key: str) -> tuple[datetime, bytes]:
    """The (time, message_id) of a key made by write_key; raises BadKey."""
    when, _, message = key.partition("-")
    try:
        return datetime.strptime(when, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), UUID(hex=message).bytes
    except ValueError as error:
        raise BadKey(f"{key!r} is no place in the list of events.") from error


def named_rows(rows: Sequence[EventRow]) -> list[StreamRow]:
    """Events with the names of what they are and whose."""
    events = dict(EventType.objects.filter(pk__in={row.event_id for row in rows}).values_list("pk", "name"))
    users = User.objects.in_bulk({row.user_id for row in rows if row.user_id})
    return [
        StreamRow(
            time=row.time,
            event=events.get(row.event_id, f"#{row.event_id}"),
            event_id=row.event_id,
            user=str(users[row.user_id]) if row.user_id in users else "",
            user_id=row.user_id,
            properties=tuple((name, _text(value)) for name, value in _properties(row.properties).items()),
        )
        for row in rows
    ]


def _properties(text: str) -> dict[str, Any]:
    value = json.loads(text) if text else {}
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
