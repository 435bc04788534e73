"""PostHog's capture API: batches of its server clients, and what its browser client sends."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Raw

from tenure.events.formats.body import GZIP_MAGIC, bounded, form, gunzip, read_json, unbase64, unpack
from tenure.events.formats.format import JSON, MAX_DECODED, Answer, WireFormat
from tenure.events.formats.item import BadItem, Time, check_count, read_items, tell_apart, time_of
from tenure.events.formats.posthog_event import Event, message_of
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

FLAGS: Final = (
    b'{"flags":{},"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false,'
    b'"config":{},"toolbarParams":{},"isAuthenticated":false,"supportedCompression":["gzip","gzip-js"],'
    b'"sessionRecording":false}'
)


class Batch(msgspec.Struct):
    batch: list[Event]
    sent_at: Time = None


class RawBatch(msgspec.Struct):
    batch: list[Raw]


class KeyedProperties(msgspec.Struct):
    token: str | None = None


class KeyedEvent(msgspec.Struct):
    """Where a key may be: the browser's client puts it among each event's properties."""

    api_key: str | None = None
    token: str | None = None
    properties: KeyedProperties | None = None

    def key(self) -> str:
        return self.api_key or self.token or (self.properties and self.properties.token) or ""


class Top(msgspec.Struct):
    api_key: str | None = None
    token: str | None = None

    def key(self) -> str:
        return self.api_key or self.token or ""


class Sent(msgspec.Struct):
    sent_at: Time = None


class KeyedBatch(KeyedEvent):
    batch: list[KeyedEvent] = []


_batch = msgspec.json.Decoder(Batch)
_raw_batch = msgspec.json.Decoder(RawBatch)
_event = msgspec.json.Decoder(Event)
_top = msgspec.json.Decoder(Top)
_sent = msgspec.json.Decoder(Sent)
_keyed = msgspec.json.Decoder(KeyedBatch)
_keyed_list = msgspec.json.Decoder(list[KeyedEvent])


class PostHog(WireFormat):
    name = "posthog"

    def methods(self, route: str) -> tuple[str, ...]:
        return ("GET", "POST") if route == "flags" else ("POST",)

    def write_key(self, request: Request, headers: Mapping[str, str], max_decoded: int = MAX_DECODED) -> str:
        data = _json(request, max_decoded)
        try:
            if data.lstrip()[:1] == b"[":
                return next((key for each in read_json(_keyed_list, data) if (key := each.key())), "")
            body = read_json(_keyed, data)
            return body.key() or next((key for each in body.batch if (key := each.key())), "")
        except msgspec.ValidationError:
            return _key_at_the_top(data)

    def decode(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Message | Refusal]:
        if request.route == "flags":
            return []
        data = _json(request, max_decoded)
        if data.lstrip()[:1] == b"[":
            data = b'{"batch":' + data + b"}"
        elif request.route == "event" and b'"batch"' not in data:
            data = b'{"batch":[' + data + b"]}"
        items = _read(data, _sent_us(request))
        tell_apart(items)
        return items

    def accept(self, request: Request, items: Sequence[Message | Refusal], headers: Mapping[str, str]) -> Answer:
        return Answer(200, FLAGS if request.route == "flags" else b'{"status":1}')

    def refuse(self, request: Request | None, bad: BadBody) -> Answer:
        kind = "authentication_error" if bad.status == 401 else "validation_error"
        said = {"type": kind, "code": bad.reason, "detail": bad.detail, "attr": None}
        return Answer(bad.status, msgspec.json.encode(said))

    def busy(self, retry_after_s: int) -> Answer:
        said = b'{"type":"server_error","code":"busy","detail":"Nothing was stored; send it again later.","attr":null}'
        return Answer(503, said, (*JSON, ("retry-after", str(retry_after_s))))

    def stores(self, request: Request, headers: Mapping[str, str]) -> bool:
        return request.route != "flags"


def _json(request: Request, max_decoded: int) -> bytes:
    """The JSON of a body: plain, gzip (announced or not), or base64 in a form's `data`."""
    body = unpack(request, max_decoded)
    if body.startswith(GZIP_MAGIC):  # ?compression=gzip-js; the browser's client sends no Content-Encoding
        return gunzip(body, max_decoded)
    if body.startswith(b"data=") or b"&data=" in body[:200]:
        data = unbase64(form(body).get("data", b""))
        return gunzip(data, max_decoded) if data.startswith(GZIP_MAGIC) else bounded(data, max_decoded)
    return body or b"{}"


def _sent_us(request: Request) -> int:
    """When the browser's client says it sent the request: milliseconds in the query's `_`; 0 for not said."""
    sent = form(request.query.encode("latin-1", "replace")).get("_", b"")
    return int(sent) * 1000 if sent.isdigit() and len(sent) == 13 else 0


def _key_at_the_top(data: bytes) -> str:
    """The key of a body in which single items have odd shapes."""
    try:
        return read_json(_top, data).key()
    except msgspec.ValidationError:
        return ""


def _read(data: bytes, sent_us: int) -> list[Message | Refusal]:
    try:
        body = read_json(_batch, data)
        check_count(body.batch)
        message = _placed_in_time(sent_us or time_of(body.sent_at, "sent_at"))
        return [message(event) for event in body.batch]
    except (BadItem, msgspec.ValidationError):
        pass  # at least one is bad: once more, each on its own
    try:
        raws = read_json(_raw_batch, data).batch
    except msgspec.ValidationError as error:
        raise BadBody(400, Reason.BAD_SHAPE, f'Expected {{"api_key": "...", "batch": [...]}}. {error}.') from error
    return read_items(raws, _event, _placed_in_time(sent_us or _sent_at(data)))


def _sent_at(data: bytes) -> int:
    try:
        return time_of(read_json(_sent, data).sent_at, "sent_at")
    except (BadItem, msgspec.ValidationError):
        return 0


def _placed_in_time(sent_us: int) -> Callable[[Event], Message]:
    return lambda event: message_of(event, sent_us)
