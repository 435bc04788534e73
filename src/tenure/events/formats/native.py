"""Tenure's own API: `POST /v1/events` with an object, a list, {"events": [...]} or one object a line (NDJSON)."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Raw

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
    refusal,
    tell_apart,
    time_of,
    traits_of,
)
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

#: type -> the name its events get; a track event has its own.
NAMES: Final = {
    "track": "",
    "page": "$pageview",
    "screen": "$screen",
    "identify": "$identify",
    "group": "$groupidentify",
    "alias": "$create_alias",
}


class Item(msgspec.Struct, gc=False):
    """One event. `anonymous` is the user's id before they are known; `previous` the id an alias replaces."""

    type: str | None = None
    id: Id = None
    event: Name = None
    user: Id = None
    anonymous: Id = None
    previous: Id = None
    account: Id = None
    time: Time = None
    properties: Raw = EMPTY
    traits: Raw = EMPTY


class Events(msgspec.Struct):
    events: list[Item]


class RawEvents(msgspec.Struct):
    events: list[Raw]


_item = msgspec.json.Decoder(Item)
_raw = msgspec.json.Decoder(Raw)
_events = msgspec.json.Decoder(Events)
_raw_events = msgspec.json.Decoder(RawEvents)
_keys = msgspec.json.Decoder(dict[str, Raw])


class Native(WireFormat):
    name = "native"

    def methods(self, route: str) -> tuple[str, ...]:
        return ("POST",)

    def write_key(self, request: Request, headers: Mapping[str, str], max_decoded: int = MAX_DECODED) -> str:
        scheme, _, key = headers.get("authorization", "").partition(" ")
        return key.strip() if scheme.lower() == "bearer" else ""

    def decode(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Message | Refusal]:
        body = unpack(request, max_decoded)
        kind = request.content_type.lower()
        items = _read_lines(body) if "ndjson" in kind or "jsonl" in kind else _read(body)
        tell_apart(items)
        return items

    def accept(self, request: Request, items: Sequence[Message | Refusal], headers: Mapping[str, str]) -> Answer:
        """How many were taken, and for each that was not its place in the body and why."""
        refused = [
            {"place": place, "reason": item.reason, "detail": item.detail}
            for place, item in enumerate(items)
            if isinstance(item, Refusal)
        ]
        return Answer(200, msgspec.json.encode({"accepted": len(items) - len(refused), "refused": refused}))

    def refuse(self, request: Request | None, bad: BadBody) -> Answer:
        headers = (*JSON, ("www-authenticate", 'Bearer realm="events"')) if bad.status == 401 else JSON
        return Answer(bad.status, msgspec.json.encode({"error": {"reason": bad.reason, "detail": bad.detail}}), headers)

    def busy(self, retry_after_s: int) -> Answer:
        said = b'{"error":{"reason":"busy","detail":"Nothing was stored; send it again later."}}'
        return Answer(503, said, (*JSON, ("retry-after", str(retry_after_s))))

    def stores(self, request: Request, headers: Mapping[str, str]) -> bool:
        return True


def _read(body: bytes) -> list[Message | Refusal]:
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        body = b'{"events":' + start + b"}"
    elif start.startswith(b"{") and not _holds_events(body):
        return read_items([read_json(_raw, body)], _item, _message)
    try:
        items = read_json(_events, body).events
        check_count(items)
        return [_message(item) for item in items]
    except (BadItem, msgspec.ValidationError):
        pass  # at least one is bad: once more, each on its own
    try:
        raws = read_json(_raw_events, body).events
    except msgspec.ValidationError as error:
        raise BadBody(400, Reason.BAD_SHAPE, 'Expected an object, a list or {"events": [...]}.') from error
    return read_items(raws, _item, _message)


def _holds_events(body: bytes) -> bool:
    if b'"events"' not in body:
        return False
    try:
        return "events" in read_json(_keys, body)
    except msgspec.ValidationError:
        return False


def _read_lines(body: bytes) -> list[Message | Refusal]:
    """One JSON object a line; a line that is no JSON is refused by itself, as long as any other can be read."""
    lines = [line for line in body.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    check_count(lines)
    items: list[Message | Refusal] = []
    for line in lines:
        try:
            items += read_items([read_json(_raw, line)], _item, _message)
        except BadBody as bad:
            items.append(refusal(Reason(bad.reason), bad.detail, line))
    if lines and all(isinstance(item, Refusal) and item.reason == Reason.BAD_JSON for item in items):
        raise BadBody(400, Reason.BAD_JSON, "No line of the body is JSON.")
    return items


def _message(item: Item) -> Message:
    kind = item.type or "track"
    if kind not in NAMES:
        raise BadItem(Reason.UNKNOWN_TYPE, f"type: expected one of {', '.join(NAMES)}, got {kind[:60]!r}.")
    message = Message(
        kind,
        NAMES[kind] or item.event or "",
        "",
        id_of(item.user),
        id_of(item.anonymous),
        id_of(item.account),
        id_of(item.previous),
        time_of(item.time, "time"),
        properties_of(item.properties),
        traits_of(item.traits) if item.traits else None,
    )
    if not message.name:
        raise missing(Reason.MISSING_NAME, "event")
    if kind == "group" and not message.group_id:
        raise missing(Reason.BAD_SHAPE, "account")
    if not message.user_id and not message.anonymous_id and not message.group_id:
        raise missing(Reason.MISSING_USER, "user")
    if kind == "alias" and not message.previous_id:
        raise missing(Reason.BAD_SHAPE, "previous")
    return identified(message, id_of(item.id))
