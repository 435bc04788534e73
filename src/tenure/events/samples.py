"""Learns the properties events have from a few messages of each: their types, and up to five values."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import pyarrow as pa

from tenure.events.models import EventProperty
from tenure.events.rows import TextColumn
from tenure.lib.bulk import update_rows

_PER_EVENT: Final = 5  # messages read per event and batch
_SAMPLES: Final = 5
_SAMPLE_LENGTH: Final = 80
_MOST_PROPERTIES: Final = 300  # of one event
_SEEN_EVERY: Final = timedelta(days=1)
_decode = msgspec.json.Decoder(dict[str, Any]).decode

TYPES: Final = {str: "text", bool: "boolean", int: "number", float: "number", list: "list", dict: "object"}


class Samples:
    """The properties known so far, read per event when it is first met."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, EventProperty]] = {}

    def learn(
        self, events: TextColumn, properties: Sequence[pa.StringArray], ids: Mapping[str, int], now: datetime
    ) -> None:
        """Looks into the first messages of each of the events and writes what is new."""
        column = pa.chunked_array(properties, pa.string())
        codes = events.places.to_pylist()
        places = {event: _first_places(code, codes) for code, event in enumerate(events.distinct)}
        self._read({ids[name] for name in places} - self._known.keys())
        new: list[EventProperty] = []
        changed: dict[int, EventProperty] = {}
        for name, some in places.items():
            known = self._known[ids[name]]
            for place in some:
                for field, value in _fields(column[place].as_py()).items():
                    row = known.get(field)
                    if row is None and len(known) < _MOST_PROPERTIES:
                        row = known[field] = EventProperty(event_id=ids[name], name=field, types=[], samples=[])
                        new.append(row)
                    if row is not None and _enter(row, value, now) and row.pk is not None:
                        changed[row.pk] = row
        EventProperty.objects.bulk_create(new, batch_size=300)
        update_rows(changed.values(), ["types", "samples", "seen_at"])

    def _read(self, event_ids: set[int]) -> None:
        self._known.update((event_id, {}) for event_id in event_ids)
        for row in EventProperty.objects.filter(event_id__in=event_ids):
            self._known[row.event_id][row.name] = row


def _first_places(code: int, codes: Sequence[int]) -> list[int]:
    places: list[int] = []
    after = 0
    while len(places) < _PER_EVENT:
        try:
            places.append(codes.index(code, after))
        except ValueError:
            break
        after = places[-1] + 1
    return places


def _fields(properties: str) -> dict[str, Any]:
    try:
        found = _decode(properties)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {name[:200].replace("\0", ""): value for name, value in found.items() if value is not None}


def _enter(row: EventProperty, value: Any, now: datetime) -> bool:
    """Adds a value's type and, if it is short and new, the value itself; True when the row changed."""
    before = (len(row.types), len(row.samples), row.seen_at)
    kind = TYPES[type(value)]
    if kind not in row.types:
        row.types = sorted([*row.types, kind])
    if kind not in {"list", "object"} and len(row.samples) < _SAMPLES:
        sample = value[:_SAMPLE_LENGTH].replace("\0", "") if isinstance(value, str) else value
        if sample not in row.samples:
            row.samples = [*row.samples, sample]
    if row.seen_at is None or now - row.seen_at > _SEEN_EVERY:
        row.seen_at = now
    return before != (len(row.types), len(row.samples), row.seen_at)
