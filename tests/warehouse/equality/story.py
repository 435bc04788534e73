"""What happens to a warehouse: a random list of steps, told to a store and to the plain reference alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from tenure.core.reference.events import Event, Link, Stored, UserSpan, together, withdraw
from tenure.core.reference.events import append as append_plainly
from tenure.warehouse.schema import EVENT
from tenure.warehouse.store import Batch, Reassign, Relink, Store


@dataclass(frozen=True)
class Appending:
    rows: Sequence[Event]
    links: Sequence[Link] = ()
    owners: Sequence[tuple[int, int]] = ()
    spans: Sequence[UserSpan] = ()
    timeless: bool = False


@dataclass(frozen=True)
class Withdrawing:
    message_ids: frozenset[bytes]
    links: Sequence[Link] = ()
    owners: Sequence[tuple[int, int]] = ()
    spans: Sequence[UserSpan] = ()


@dataclass(frozen=True)
class Cataloguing:
    """Rows of event_dim: (event, class, feature)."""

    events: Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Excluding:
    users: frozenset[int]


@dataclass(frozen=True)
class Merging:
    """merged account -> survivor, all of them."""

    into: Mapping[int, int]


@dataclass(frozen=True)
class Refreshing:
    pass


@dataclass(frozen=True)
class Sorting:
    month: date


@dataclass
class Plain:
    """The reference's side of the story. `kept` is what is stored, `stored` the same as it is read."""

    kept: Stored = field(default_factory=Stored)
    merged: Mapping[int, int] = field(default_factory=dict)
    classes: dict[int, int] = field(default_factory=dict)
    features: dict[int, int] = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()
    position: int = 0

    @property
    def stored(self) -> Stored:
        return together(self.kept, self.merged)

    @property
    def events(self) -> tuple[Event, ...]:
        return self.stored.events


def tell(store: Store, steps: Sequence[Any]) -> Plain:
    """Takes the steps on the store and plainly, then brings the store's roll-ups up to date."""
    plain = Plain()
    for step in steps:
        match step:
            case Appending():
                _append(store, plain, step)
            case Withdrawing():
                _withdraw(store, plain, step)
            case Cataloguing(events):
                store.set_events(events)
                plain.classes |= {event: kind for event, kind, _ in events}
                plain.features |= {event: feature for event, _, feature in events}
            case Excluding(users):
                store.set_excluded_users(users)
                plain.excluded = users
            case Merging(into):
                store.set_merged(into)
                plain.merged = into
            case Refreshing():
                store.refresh_days(store.dirty_days())
            case Sorting(month):
                store.sort_month(month)
    store.recount_users()
    store.refresh_days(store.dirty_days())
    return plain


def _append(store: Store, plain: Plain, step: Appending) -> None:
    plain.position += 1
    appended = store.append(Batch(rows_table(step.rows), plain.position, timeless=step.timeless, **_repairs(step)))
    plain.kept, added = append_plainly(
        plain.kept,
        step.rows,
        links=step.links,
        owners=dict(step.owners),
        spans=step.spans,
        timeless=step.timeless,
    )
    assert (appended.added, appended.duplicates) == (added, len(step.rows) - added)
    assert appended.days <= set(store.dirty_days())


def _withdraw(store: Store, plain: Plain, step: Withdrawing) -> None:
    plain.position += 1
    before, left = plain.kept, withdraw(plain.kept, step.message_ids)
    plain.kept, _ = append_plainly(left, (), links=step.links, owners=dict(step.owners), spans=step.spans)
    batch = Batch(rows_table(()), plain.position, withdrawn=sorted(step.message_ids), **_repairs(step))
    changed = store.append(batch).days
    assert {event.day for event in before.events if event.message_id in step.message_ids} <= changed
    assert changed <= set(store.dirty_days())


def _repairs(step: Appending | Withdrawing) -> dict[str, Any]:
    return {
        "links": step.links,
        "reassigns": [Reassign(identity, user) for identity, user in step.owners],
        "relinks": [Relink(*span) for span in step.spans],
    }


def rows_table(rows: Sequence[Event]) -> pa.Table:
    naive = [row._replace(time=_naive(row.time), received_at=_naive(row.received_at)) for row in rows]
    columns = list(zip(*naive, strict=True)) or [()] * len(EVENT)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, EVENT, strict=True)], schema=EVENT)


def _naive(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(tzinfo=None)
