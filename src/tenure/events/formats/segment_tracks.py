"""Bodies of nothing but track calls, the bulk of what servers send, read straight into columns."""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Annotated, Final, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Raw

from tenure.events.columns import Columns, strings
from tenure.events.formats.body import read_json
from tenure.events.formats.item import (
    ARRIVAL,
    EMPTY,
    HASHED,
    MAX_DEPTH,
    MAX_ID,
    MAX_NAME,
    OWN,
    BadItem,
    check_count,
    properties_of,
)
from tenure.events.message import BadBody

Id = Annotated[str, msgspec.Meta(max_length=MAX_ID)] | None


class Context(msgspec.Struct, gc=False):
    groupId: Id = None  # noqa: N815 - as it is written in the JSON, here and below


class Track(msgspec.Struct, gc=False):
    type: Literal["track"]
    event: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME)]
    messageId: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_ID)]  # noqa: N815
    timestamp: str
    userId: Id = None  # noqa: N815
    anonymousId: Id = None  # noqa: N815
    groupId: Id = None  # noqa: N815
    properties: Raw = EMPTY
    context: Context | None = None


class Tracks(msgspec.Struct):
    batch: list[Track]


_tracks = msgspec.json.Decoder(Tracks)
_UTC_US: Final = pa.timestamp("us", "UTC")
_MARKED: Final = {HASHED, ARRIVAL, OWN}
_SMALL: Final = 1_000  # bytes of properties that can have neither too many nor be too large


def read_tracks(body: bytes) -> list[Track] | None:
    """The items; None for anything that needs a closer look, which decoding item by item then takes."""
    try:
        items = read_json(_tracks, body).batch
        check_count(items)
    except (msgspec.ValidationError, BadBody):
        return None
    return items


def to_columns(items: Sequence[Track]) -> Columns | None:
    """The columns of one or more bodies' items; None when one of them needs a closer look."""
    try:
        times_us = strings([item.timestamp for item in items]).cast(_UTC_US).cast(pa.int64())
        properties = _properties([item.properties for item in items])
    except (pa.ArrowInvalid, BadItem):
        return None
    message_ids = strings([item.messageId for item in items])
    users = pc.coalesce(strings([item.userId for item in items]), "")
    anonymous = pc.coalesce(strings([item.anonymousId for item in items]), "")
    contexts = [item.context for item in items]
    outer = strings([item.groupId for item in items])
    inner = strings([None if context is None else context.groupId for context in contexts])
    groups = pc.coalesce(outer, inner, "")
    nobody = pc.and_(pc.and_(pc.equal(users, ""), pc.equal(anonymous, "")), pc.equal(groups, ""))
    if pc.any(nobody).as_py() or pc.any(pc.equal(times_us, 0)).as_py():
        return None
    if any(pc.any(pc.starts_with(message_ids, mark)).as_py() for mark in _MARKED):
        return None
    return Columns(strings([item.event for item in items]), message_ids, users, anonymous, groups, times_us, properties)


def _properties(raws: list[Raw]) -> pa.StringArray:
    """The objects' texts, checked. Looks closely only where the whole gives reason to. Raises BadItem."""
    together, lengths = b"".join(raws), list(map(len, raws))
    offsets = array("i", accumulate(lengths, initial=0))
    found = pa.StringArray.from_buffers(len(raws), pa.py_buffer(offsets), pa.py_buffer(together))
    plain = pc.all(pc.starts_with(found, "{")).as_py() and max(lengths) <= _SMALL
    if plain and together.count(b"{") + together.count(b"[") <= len(raws) + MAX_DEPTH:
        return found
    return strings([text if _is_small(text) else properties_of(Raw(text)) for text in map(bytes, raws)])


def _is_small(text: bytes) -> bool:
    """An object with neither too much in it nor too deep."""
    return text[:1] == b"{" and len(text) <= _SMALL and text.count(b"{") + text.count(b"[") <= MAX_DEPTH
