"""Reads bodies: the items they hold, as one parcel for each source, and what nobody can read.

Nothing here needs a database: a backlog is read in a process of its own (see reading_ahead).
"""

import traceback
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import structlog

from tenure.events.columns import Columns
from tenure.events.formats.all import STORED
from tenure.events.formats.item import MAX_ITEMS
from tenure.events.inbox.store import WITHDRAWAL, Body
from tenure.events.message import BadBody, Message, Refusal
from tenure.events.reasons import Reason

log = structlog.get_logger()

ROWS: Final = 50_000  # items after which a batch is full; more costs memory and gains nothing

_PLACES: Final = array("i", range(MAX_ITEMS))
_TOGETHER: Final = 2_000  # plain events turned into columns at a time: few enough to be in the processor's cache


class Refused(NamedTuple):
    """A refusal of the item at `place` of a body; a body that cannot be read at all is refused at place 0."""

    body: Body
    place: int
    refusal: Refusal


class Parcel(NamedTuple):
    """Items of one source, of one body or of many: item i came in bodies[origins[i]], at places[i] in there."""

    items: Columns
    bodies: list[Body]
    origins: pa.Int32Array
    places: pa.Int32Array

    @classmethod
    def joined(cls, parts: Sequence["Parcel"]) -> "Parcel":
        """The items of all parts, one after another; there is at least one part."""
        if len(parts) == 1:
            return parts[0]
        bodies: list[Body] = []
        origins = []
        for part in parts:
            origins.append(pc.add(part.origins, pa.scalar(len(bodies), pa.int32())))
            bodies += part.bodies
        items, places = Columns.joined([part.items for part in parts]), [part.places for part in parts]
        return cls(items, bodies, pa.concat_arrays(origins), pa.concat_arrays(places))


class Read(NamedTuple):
    """Bodies for one batch, in order, and what they hold."""

    bodies: list[Body]
    parcels: list[Parcel]
    refused: list[Refused]


def read(bodies: Iterable[Body], max_decoded: int) -> Read:
    """Reads bodies from the front until a batch is full. One that takes messages back is a batch of its own."""
    reading, taken = Reading(max_decoded), list[Body]()
    for body in bodies:
        if body.wire_format == WITHDRAWAL and taken:
            break
        reading.add(body)
        taken.append(body)
        if body.wire_format == WITHDRAWAL or len(reading) >= ROWS:
            break
    return Read(taken, list(reading.parcels()), reading.refused)


class Reading:
    """Bodies that were added, read; `len()` is the number of their items, `refused` what cannot be taken.

    Bodies of nothing but plain events are read many at a time: most of the cost is in the calls, not in the items.
    """

    def __init__(self, max_decoded: int) -> None:
        self._max_decoded = max_decoded
        self._plain: dict[tuple[int, str], list[tuple[Body, Sequence[Any]]]] = defaultdict(list)
        self._plain_items = 0
        self._parcels: dict[int, list[Parcel]] = defaultdict(list)
        self._messages: dict[int, list[tuple[Body, int, Message]]] = defaultdict(list)
        self._items = 0
        self.refused: list[Refused] = []

    def __len__(self) -> int:
        return self._items

    def add(self, body: Body) -> None:
        """Reads a body. One that takes messages back holds none."""
        if body.wire_format == WITHDRAWAL:
            return
        try:
            tracks = STORED[body.wire_format].tracks(body.request, self._max_decoded)
        except BadBody as bad:
            self._refuse(body, Refusal(bad.reason, bad.detail, body.request.body))
        except Exception as error:
            self._cannot_load(body, error)
        else:
            if tracks is None:
                self._decode(body)
                return
            self._plain[body.source_id, body.wire_format].append((body, tracks))
            self._items += len(tracks)
            self._plain_items += len(tracks)
            if self._plain_items >= _TOGETHER:
                self._pack()

    def parcels(self) -> Iterator[Parcel]:
        """Everything added."""
        self._pack()
        for source_id, items in self._messages.items():
            bodies, places, messages = zip(*items, strict=True)
            origins = pa.array(range(len(items)), pa.int32())
            self._parcels[source_id].append(
                Parcel(Columns.of(messages), list(bodies), origins, pa.array(places, pa.int32()))
            )
        for parts in self._parcels.values():
            yield Parcel.joined(parts)

    def _pack(self) -> None:
        for (source_id, wire_format), parts in self._plain.items():
            self._parcels[source_id] += self._columns(wire_format, parts)
        self._plain.clear()
        self._plain_items = 0

    def _columns(self, wire_format: str, parts: list[tuple[Body, Sequence[Any]]]) -> list[Parcel]:
        """One parcel of all parts; where that fails, one of each, for only some of them may be unusual."""
        items = STORED[wire_format].columns([item for _, tracks in parts for item in tracks])
        if items is not None:
            origins, places = array("i"), array("i")
            for origin, (_, tracks) in enumerate(parts):
                origins += array("i", [origin]) * len(tracks)
                places += _PLACES[: len(tracks)]
            bodies = [body for body, _ in parts]
            return [Parcel(items, bodies, pa.array(origins, pa.int32()), pa.array(places, pa.int32()))]
        if len(parts) > 1:
            return [parcel for part in parts for parcel in self._columns(wire_format, [part])]
        body, tracks = parts[0]
        self._items -= len(tracks)
        self._decode(body)
        return []

    def _decode(self, body: Body) -> None:
        """Item by item: each is a message or has a refusal of its own."""
        try:
            found = STORED[body.wire_format].decode(body.request, self._max_decoded)
        except BadBody as bad:
            self._refuse(body, Refusal(bad.reason, bad.detail, body.request.body))
            return
        except Exception as error:
            self._cannot_load(body, error)
            return
        for place, item in enumerate(found):
            if isinstance(item, Refusal):
                self.refused.append(Refused(body, place, item))
            else:
                self._messages[body.source_id].append((body, place, item))
                self._items += 1

    def _cannot_load(self, body: Body, error: Exception) -> None:
        log.error("body not decoded", body=body.id, error=repr(error), exc_info=error)
        self._refuse(body, cannot_load(body, error))

    def _refuse(self, body: Body, refusal: Refusal) -> None:
        self.refused.append(Refused(body, 0, refusal))


def cannot_load(body: Body, error: Exception) -> Refusal:
    """The refusal of a whole body for a reason nobody foresaw."""
    last_line = traceback.format_exception_only(error)[-1].strip()
    return Refusal(Reason.CANNOT_LOAD, last_line, body.request.body)
