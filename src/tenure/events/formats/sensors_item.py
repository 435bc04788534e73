"""What Sensors' items say: whose they are, when they happened, and what makes one the same when it is sent again."""

from typing import Any, Final

import msgspec
from msgspec import Raw, field

from tenure.events.formats.item import (
    EMPTY,
    HASHED,
    BadItem,
    Id,
    Name,
    Time,
    content_hash,
    fault,
    id_of,
    identified,
    missing,
    properties_of,
    time_of,
    traits_of,
    with_property,
)
from tenure.events.formats.times import BadTime, read_unpadded_text
from tenure.events.message import Message
from tenure.events.reasons import Reason

#: What an item_set must be about to say something about an account; items of other types are kept as events only.
ACCOUNT_ITEMS: Final = frozenset({"account", "company", "organization", "customer"})

#: Identities whose value stands for the user as it is; the others are written "name+value" in a distinct_id.
PLAIN_IDENTITIES: Final = frozenset({"$identity_login_id", "$identity_anonymous_id", "$identity_cookie_id"})

VIEWS: Final = {"$pageview": "page", "$AppViewScreen": "screen", "$MPViewScreen": "screen"}
PROFILES: Final = frozenset({"set", "set_once", "append", "increment", "unset", "delete"})


class Item(msgspec.Struct, gc=False):
    type: str | None = None
    event: Name = None
    distinct_id: Id = None
    original_id: Id = None
    login_id: Id = None
    anonymous_id: Id = None
    identities: dict[str, Any] | None = None
    item_type: Id = None
    item_id: Id = None
    time: Time = None
    track_id: Id = field(default=None, name="_track_id")
    properties: Raw = EMPTY


class Own(msgspec.Struct, gc=False):
    """The properties that are the client's own."""

    is_login_id: Any = field(default=None, name="$is_login_id")
    time: Any = field(default=None, name="$time")
    timezone_offset: Any = field(default=None, name="$timezone_offset")


_own = msgspec.json.Decoder(Own)


def message_of(item: Item) -> Message:
    """Raises BadItem."""
    properties = properties_of(item.properties)
    try:
        own = _own.decode(properties)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadItem(*fault(error)) from error
    user_id, anonymous_id = _whose(item, own)
    message = Message("", item.event or "", "", user_id, anonymous_id, properties=properties)
    message.time_us = _when(item, own)
    _describe(message, item)
    if item.track_id is None:
        return identified(message)
    return _tracked(message, item)


def _tracked(message: Message, item: Item) -> Message:
    """The web and Node clients number their items at random; only `_flush_time` differs when one is sent again."""
    same = (item.type, item.event, item.distinct_id, item.time, item.track_id)
    message.message_id = HASHED + content_hash(msgspec.json.encode(same))
    return message


def _whose(item: Item, own: Own) -> tuple[str, str]:
    """(user id, anonymous id); one of them is empty unless the item ties them together."""
    distinct_id = id_of(item.distinct_id)
    identities = item.identities or {}
    login = id_of(item.login_id) or _text(identities.get("$identity_login_id"))
    if not login and own.is_login_id is True:
        login = distinct_id
    anonymous = id_of(item.anonymous_id) or _text(identities.get("$identity_anonymous_id"))
    if login:
        return login, anonymous if anonymous != login else ""
    if anonymous:
        return "", distinct_id or anonymous
    return distinct_id, ""  # servers' clients often do not say which of the two their id is


def _when(item: Item, own: Own) -> int:
    if item.time is not None or own.time is None:
        return _text_time(item.time, "time", own) if isinstance(item.time, str) else time_of(item.time, "time")
    if isinstance(own.time, str):
        return _text_time(own.time, "properties.$time", own)
    if isinstance(own.time, int | float) and not isinstance(own.time, bool):
        return time_of(own.time, "properties.$time")
    raise BadItem(Reason.BAD_TIME, "properties.$time: expected text or a number.")


def _text_time(text: str, name: str, own: Own) -> int:
    offset = own.timezone_offset  # as JavaScript counts: minutes WEST of UTC
    east = -offset if isinstance(offset, int) and abs(offset) < 24 * 60 else 0
    if text.isdigit():
        return time_of(text, name)
    try:
        return read_unpadded_text(text, east)
    except BadTime as error:
        raise BadItem(Reason.BAD_TIME, f"{name}: {error}") from error


def _describe(message: Message, item: Item) -> None:
    """What is particular to each type."""
    kind, _, action = (item.type or "").partition("_")
    if kind == "profile" and action in PROFILES:
        message.kind, message.name = "profile", f"${item.type}"
        if action in {"set", "set_once"}:
            message.traits = traits_of(item.properties, "properties")
            if message.traits:
                message.traits.pop("$is_login_id", None)
    elif kind == "item" and action in {"set", "delete"}:
        _describe_item(message, item)
        return
    elif kind == "track" and action in {"", "signup", "id_bind", "id_unbind"}:
        _describe_track(message, item)
    else:
        raise BadItem(Reason.UNKNOWN_TYPE, f"type: {str(item.type)[:60]!r} is none that is known.")
    if not message.user_id and not message.anonymous_id:
        raise missing(Reason.MISSING_USER, "distinct_id")


def _describe_track(message: Message, item: Item) -> None:
    if not item.event:
        raise missing(Reason.MISSING_NAME, "event")
    message.kind = VIEWS.get(item.event, "track")
    if item.type == "track_signup":
        message.previous_id = id_of(item.original_id)
        if not message.previous_id:
            raise missing(Reason.BAD_SHAPE, "original_id")
    elif item.type == "track_id_bind":
        message.previous_id = _bound(item.identities or {}, message.user_id)
    if message.previous_id == message.user_id:
        message.previous_id = ""
    if message.previous_id:
        message.kind = "alias"


def _bound(identities: dict[str, Any], user_id: str) -> str:
    """The first identity besides the user's own, as a distinct_id would name it."""
    for name, value in identities.items():
        text = _text(value)
        bound = text if name in PLAIN_IDENTITIES else f"{name}+{text}"
        if text and bound != user_id:
            return bound
    return ""


def _describe_item(message: Message, item: Item) -> None:
    item_type, item_id = id_of(item.item_type), id_of(item.item_id)
    if not item_type or not item_id:
        raise missing(Reason.BAD_SHAPE, "item_id" if item_type else "item_type")
    message.kind, message.name = "item", f"${item.type}"
    if item_type.lower() in ACCOUNT_ITEMS:
        message.group_id = item_id
        if item.type == "item_set":
            message.traits = traits_of(item.properties, "properties")
    message.properties = with_property(message.properties, "item_id", item_id)
    message.properties = with_property(message.properties, "item_type", item_type)


def _text(value: Any) -> str:
    """An identity's value; Sensors allows lists, whose first value counts."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = id_of(value)
    if len(text) > 300:
        raise BadItem(Reason.ID_TOO_LONG, f"identities: {len(text)} characters, at most 300 are taken.")
    return text
