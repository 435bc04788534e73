"""Batches written by hand: only what the test is about is named."""

from datetime import UTC, date, datetime, time

import pyarrow as pa

from tenure.core.reference.events import Event
from tests.warehouse.equality.story import rows_table

DAY = date(2026, 3, 5)


def event(
    number: int,
    *,
    account: int = 1,
    user: int = 1,
    identity: int = 0,
    event_id: int = 1,
    day: date = DAY,
    explicit: bool = True,
    properties: str = "{}",
) -> Event:
    at = datetime.combine(day, time(12), UTC)
    return Event(number.to_bytes(16, "big"), account, user, identity, event_id, at, day, at, explicit, properties)


def rows(*events: Event) -> pa.Table:
    return rows_table(events)
