"""Bodies of nothing but track calls, the bulk of what servers send, read straight into columns."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec
import pyarrow as pa
from msgspec import Raw

from tenure.events.columns import Columns
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


def read_tracks(body: bytes) -> Columns | None:
    """The columns; None for anything that needs a closer look, which decoding item by item then takes."""
    try:
        items = read_json(_tracks, body).batch
        check_count(items)
        times_us = _times([item.timestamp for item in items])
        properties = _properties([bytes(item.properties) for item in items])
    except (msgspec.ValidationError, pa.ArrowInvalid, BadItem, BadBody):
        return None
    message_ids = [item.messageId for item in items]
    users = [item.userId or "" for item in items]
    anonymous = [item.anonymousId or "" for item in items]
    groups = [
        (item.groupId if item.groupId is not None or item.context is None else item.context.groupId) or ""
        for item in items
    ]
    if not all(times_us) or not {text[0] for text in message_ids}.isdisjoint(_MARKED):
        return None
    if not all(users) and not all(map(any, zip(users, anonymous, groups, strict=True))):
        return None
    return Columns([item.event for item in items], message_ids, users, anonymous, groups, times_us, properties)


def _times(texts: Sequence[str]) -> list[int]:
    """Microseconds since 1970 UTC of ISO 8601 texts with a zone. Raises ArrowInvalid."""
    times = pa.array(texts, pa.string()).cast(_UTC_US)
    return memoryview(times.buffers()[1]).cast("q")[: len(texts)].tolist()


def _properties(texts: list[bytes]) -> list[bytes]:
    """The objects' texts, checked. Looks at each only where the whole gives reason to. Raises BadItem."""
    together = b"".join(texts)
    plain = {text[:1] for text in texts} == {b"{"} and len(max(texts, key=len)) <= _SMALL
    if plain and together.count(b"{") + together.count(b"[") <= len(texts) + MAX_DEPTH:
        return texts
    return [properties_of(Raw(text)) for text in texts]
