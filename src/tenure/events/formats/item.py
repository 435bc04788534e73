"""Parts of a message, each checked against its limit. The limits are those Segment and Mixpanel document."""

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Annotated, Any, Final, TypeVar

import msgspec

from tenure.events.formats.body import explain
from tenure.events.formats.times import BadTime, read_number, read_text
from tenure.events.message import BadBody, Message, Refusal
from tenure.events.reasons import Reason

MAX_ITEMS: Final = 50_000
MAX_ITEM_BYTES: Final = 32 * 1024  # of properties and traits together
MAX_PROPERTIES: Final = 200
MAX_NAME: Final = 200
MAX_ID: Final = 300
MAX_DEPTH: Final = 32

#: How message ids begin that are hashes of content, of content without a time, and own ids that look like these.
HASHED, ARRIVAL, OWN = "#", "~", "="

Id = Annotated[str, msgspec.Meta(max_length=MAX_ID)] | int | float | None
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)] | None
Time = str | int | float | None
EMPTY: Final = msgspec.Raw(b"")
T = TypeVar("T")

_TOO_LONG = {
    f"Expected str of length <= {MAX_ID}": Reason.ID_TOO_LONG,
    f"Expected str of length <= {MAX_NAME}": Reason.NAME_TOO_LONG,
}
_object = msgspec.json.Decoder(dict[str, Any])
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NOT_STRUCTURE = bytes(set(range(256)) - set(b"{}[]"))
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.S)


class BadItem(Exception):
    """One item that cannot be taken. Carries (reason, detail)."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def read_items(
    raws: Sequence[msgspec.Raw], decoder: msgspec.json.Decoder[T], message: Callable[[T], Message]
) -> list[Message | Refusal]:
    """Each item's message, or its refusal, in order. Raises BadBody when there are too many."""
    check_count(raws)
    items: list[Message | Refusal] = []
    for raw in raws:
        try:
            items.append(message(decoder.decode(raw)))
        except BadItem as bad:
            items.append(refusal(bad.reason, bad.detail, raw))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            items.append(refusal(*fault(error), raw))
    return items


def check_count(items: Sequence[object]) -> None:
    if len(items) > MAX_ITEMS:
        raise BadBody(413, Reason.BODY_TOO_LARGE, f"The body holds more than {MAX_ITEMS} items; send smaller ones.")


def refusal(reason: Reason, detail: str, raw: bytes | msgspec.Raw) -> Refusal:
    return Refusal(reason.value, detail, bytes(raw)[:MAX_ITEM_BYTES])


def fault(error: Exception) -> tuple[Reason, str]:
    """(reason, detail) of what the JSON decoder found wrong with an item; the detail names the field by its path."""
    if not isinstance(error, msgspec.ValidationError):
        return Reason.BAD_JSON, explain(error)
    text, _, path = str(error).replace("`", "").partition(" - at $")
    if not path and text.startswith("Expected object"):
        return Reason.NOT_AN_OBJECT, f"{text}."
    reason = _TOO_LONG.get(text, Reason.BAD_SHAPE)
    return reason, f"{path.lstrip('.')}: {text[:1].lower()}{text[1:]}."


def properties_of(raw: msgspec.Raw, field: str = "properties") -> bytes:
    """The object's text; b"{}" for none. Raises BadItem."""
    text = bytes(raw)
    if not text or text == b"null":
        return b"{}"
    if text[0] != 123:
        raise BadItem(Reason.BAD_SHAPE, f"{field}: expected an object.")
    if len(text) > 1000:
        _check_size(text, field)
    if 91 in text or 123 in text[1:]:  # a "[" or another "{"; flat objects, most of them, need no count
        _check_depth(text, field)
    return text


def traits_of(raw: msgspec.Raw, field: str = "traits") -> dict[str, Any] | None:
    """The object, None for none. Raises BadItem."""
    text = properties_of(raw, field)
    if text == b"{}":
        return None
    try:
        return _object.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason, detail = fault(error)
        raise BadItem(reason, f"{field}: {detail}") from error


def _check_size(text: bytes, field: str) -> None:
    if len(text) > MAX_ITEM_BYTES:
        raise BadItem(Reason.ITEM_TOO_LARGE, f"{field}: {len(text)} bytes, at most {MAX_ITEM_BYTES} are taken.")
    if text.count(b",") >= MAX_PROPERTIES and len(fields_of(text)) > MAX_PROPERTIES:
        raise BadItem(Reason.TOO_MANY_PROPERTIES, f"{field}: more than {MAX_PROPERTIES}.")


def _check_depth(text: bytes, field: str) -> None:
    if text.count(b"{") + text.count(b"[") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in _STRING.sub(b"", text).translate(None, _NOT_STRUCTURE):
        depth += 1 if bracket in b"{[" else -1
        if depth > MAX_DEPTH:
            raise BadItem(Reason.BAD_SHAPE, f"{field}: nested deeper than {MAX_DEPTH} levels.")


def fields_of(text: bytes) -> dict[str, msgspec.Raw]:
    """The fields of an object's text, their values unread. Raises BadItem."""
    try:
        return _fields.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadItem(*fault(error)) from error


def with_property(text: bytes, name: str, value: str) -> bytes:
    """The object's text with a property put in front, unless it has one of that name."""
    if not value or (name.encode() in text and name in fields_of(text)):
        return text
    added = b"{" + msgspec.json.encode(name) + b":" + msgspec.json.encode(value)
    return added + (b"}" if text[1:].lstrip()[:1] == b"}" else b"," + text[1:])


def id_of(value: str | int | float | None) -> str:
    """An id as text, "" for none. Raises BadItem."""
    if value.__class__ is str:
        return value
    if value is None:
        return ""
    text = str(int(value)) if value == int(value) else str(value)
    if len(text) > MAX_ID:
        raise BadItem(Reason.ID_TOO_LONG, f"An id has {len(text)} digits, at most {MAX_ID} are taken.")
    return text


def time_of(value: Time, field: str) -> int:
    """Microseconds since 1970 UTC, 0 for none. Raises BadItem."""
    if not value and value != 0:
        return 0
    try:
        return read_text(value) if isinstance(value, str) else read_number(value)
    except BadTime as error:
        raise BadItem(Reason.BAD_TIME, f"{field}: {error}") from error


def missing(reason: Reason, field: str) -> BadItem:
    return BadItem(reason, f"{field}: missing.")


def identified(message: Message, own_id: str = "") -> Message:
    """The message with its id: the sender's own, else a hash of what it says."""
    if own_id:
        message.message_id = own_id if own_id[0] not in "#~=" else OWN + own_id
    else:
        message.message_id = (HASHED if message.time_us else ARRIVAL) + content_hash(msgspec.json.encode(message))
    return message


def content_hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def tell_apart(items: Iterable[Message | Refusal]) -> None:
    """Numbers the items of one body that are alike to the last bit: they are several, not one sent again."""
    seen: dict[str, int] = {}
    for item in items:
        if isinstance(item, Message) and item.message_id[0] in "#~":
            times = seen[item.message_id] = seen.get(item.message_id, 0) + 1
            if times > 1:
                item.message_id += f":{times}"
