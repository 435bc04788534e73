"""The Segment HTTP tracking API, which RudderStack's clients speak as well."""

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Raw

from tenure.events.columns import Columns
from tenure.events.formats.body import read_json, unpack
from tenure.events.formats.format import JSON, MAX_DECODED, Answer, WireFormat
from tenure.events.formats.item import (
    EMPTY,
    BadItem,
    Id,
    Name,
    Time,
    check_count,
    id_of,
    identified,
    missing,
    properties_of,
    read_items,
    tell_apart,
    time_of,
    traits_of,
    with_property,
)
from tenure.events.formats.segment_tracks import Track, read_tracks, to_columns
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

SINGLE: Final = frozenset({"track", "identify", "group", "page", "screen", "alias"})


class Context(msgspec.Struct, gc=False):
    groupId: Id = None  # noqa: N815 - as it is written in the JSON, here and below
    traits: Raw = EMPTY


class Item(msgspec.Struct, gc=False):
    type: str | None = None
    event: Name = None
    name: Name = None
    userId: Id = None  # noqa: N815
    anonymousId: Id = None  # noqa: N815
    groupId: Id = None  # noqa: N815
    previousId: Id = None  # noqa: N815
    messageId: Id = None  # noqa: N815
    timestamp: Time = None
    originalTimestamp: Time = None  # noqa: N815
    properties: Raw = EMPTY
    traits: Raw = EMPTY
    context: Context | None = None


class Batch(msgspec.Struct):
    batch: list[Item]


class RawBatch(msgspec.Struct):
    batch: list[Raw]


class Keyed(msgspec.Struct):
    writeKey: str | None = None  # noqa: N815


_item = msgspec.json.Decoder(Item)
_raw = msgspec.json.Decoder(Raw)
_batch = msgspec.json.Decoder(Batch)
_raw_batch = msgspec.json.Decoder(RawBatch)
_keyed = msgspec.json.Decoder(Keyed)


class Segment(WireFormat):
    name = "segment"

    def methods(self, route: str) -> tuple[str, ...]:
        return ("POST",)

    def write_key(self, request: Request, headers: Mapping[str, str], max_decoded: int = MAX_DECODED) -> str:
        """The user name of Basic authorisation, else the body's writeKey, where browsers' clients put it."""
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                key = b64decode(credentials).decode().partition(":")[0]
            except (binascii.Error, ValueError):
                key = ""
            if key:
                return key
        try:
            return read_json(_keyed, unpack(request, max_decoded)).writeKey or ""
        except msgspec.ValidationError:
            return ""

    def decode(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Message | Refusal]:
        body = unpack(request, max_decoded)
        items = _read_batch(body) if request.route == "batch" else _read_single(body, request.route)
        tell_apart(items)
        return items

    def tracks(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Track] | None:
        return read_tracks(unpack(request, max_decoded)) if request.route == "batch" else None

    def columns(self, tracks: Sequence[Track]) -> Columns | None:
        return to_columns(tracks)

    def check(self, request: Request, max_decoded: int = MAX_DECODED) -> Sequence[Message | Refusal]:
        if request.route != "batch":
            return self.decode(request, max_decoded)
        check_count(_read_raw_batch(unpack(request, max_decoded)))
        return ()

    def accept(self, request: Request, items: Sequence[Message | Refusal], headers: Mapping[str, str]) -> Answer:
        return Answer(200, b'{"success":true}')

    def refuse(self, request: Request | None, bad: BadBody) -> Answer:
        said = {"success": False, "code": bad.reason, "message": bad.detail}
        return Answer(bad.status, msgspec.json.encode(said))

    def busy(self, retry_after_s: int) -> Answer:
        said = b'{"success":false,"code":"busy","message":"Nothing was stored; send it again later."}'
        return Answer(503, said, (*JSON, ("retry-after", str(retry_after_s))))

    def stores(self, request: Request, headers: Mapping[str, str]) -> bool:
        return True


def _read_batch(body: bytes) -> list[Message | Refusal]:
    try:
        items = read_json(_batch, body).batch
        check_count(items)
        return [_message(item) for item in items]
    except (BadItem, msgspec.ValidationError):
        pass  # at least one is bad: once more, each on its own
    return read_items(_read_raw_batch(body), _item, _message)


def _read_raw_batch(body: bytes) -> list[Raw]:
    try:
        return read_json(_raw_batch, body).batch
    except msgspec.ValidationError as error:
        raise BadBody(400, Reason.BAD_SHAPE, f'Expected {{"batch": [...]}}. {error}.') from error


def _read_single(body: bytes, route: str) -> list[Message | Refusal]:
    def message(item: Item) -> Message:
        item.type = route
        return _message(item)

    raw = read_json(_raw, body)
    if not bytes(raw).startswith(b"{"):
        raise BadBody(400, Reason.BAD_SHAPE, "Expected an object.")
    return read_items([raw], _item, message)


def _message(item: Item) -> Message:
    user_id, anonymous_id, group_id = item.userId, item.anonymousId, item.groupId
    if group_id is None and item.context is not None:
        group_id = item.context.groupId
    if user_id.__class__ is not str:  # asked here, not in id_of: this is the way of every event
        user_id = id_of(user_id)
    if anonymous_id.__class__ is not str:
        anonymous_id = id_of(anonymous_id)
    if group_id.__class__ is not str:
        group_id = id_of(group_id)
    if not (user_id or anonymous_id or group_id):
        raise missing(Reason.MISSING_USER, "userId")
    message = Message(
        item.type or "",
        item.event or "",
        "",
        user_id,
        anonymous_id,
        group_id,
        "",
        time_of(item.timestamp if item.timestamp is not None else item.originalTimestamp, "timestamp"),
        properties_of(item.properties),
    )
    if item.type != "track":
        _describe(message, item)
    elif not item.event:
        raise missing(Reason.MISSING_NAME, "event")
    return identified(message, id_of(item.messageId))


def _describe(message: Message, item: Item) -> None:
    """What is particular to each type but track."""
    match item.type:
        case "page" | "screen":
            message.name = "$pageview" if item.type == "page" else "$screen"
            message.properties = with_property(message.properties, "name", item.name or "")
        case "identify":
            message.name = "$identify"
            message.traits = traits_of(item.traits)
            if message.traits is None and item.context is not None:  # where RudderStack's clients put them
                message.traits = traits_of(item.context.traits, "context.traits")
        case "group":
            message.name = "$groupidentify"
            message.traits = traits_of(item.traits)
            if not message.group_id:
                raise missing(Reason.BAD_SHAPE, "groupId")
        case "alias":
            message.name = "$create_alias"
            message.previous_id = id_of(item.previousId)
            if not message.previous_id:
                raise missing(Reason.BAD_SHAPE, "previousId")
        case _:
            known = ", ".join(sorted(SINGLE))
            raise BadItem(Reason.UNKNOWN_TYPE, f"type: expected one of {known}, got {item.type or 'none'!r:.60}.")
