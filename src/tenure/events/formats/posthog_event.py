"""What PostHog's events say: people, groups and merges are events with names of its own."""

from typing import Any, Final

import msgspec
from msgspec import Raw, field

from tenure.events.formats.item import (
    EMPTY,
    BadItem,
    Id,
    Name,
    Time,
    fault,
    id_of,
    identified,
    missing,
    properties_of,
    time_of,
    traits_of,
)
from tenure.events.message import Message
from tenure.events.reasons import Reason

KINDS: Final = {
    "$pageview": "page",
    "$screen": "screen",
    "$identify": "identify",
    "$set": "identify",
    "$set_once": "identify",
    "$groupidentify": "group",
    "$create_alias": "alias",
    "$merge_dangerously": "alias",
}


class Event(msgspec.Struct, gc=False):
    event: Name = None
    distinct_id: Id = None
    uuid: Id = None
    timestamp: Time = None
    offset: float | None = None
    properties: Raw = EMPTY
    set: Raw = field(default=EMPTY, name="$set")
    set_once: Raw = field(default=EMPTY, name="$set_once")


class Own(msgspec.Struct, gc=False):
    """The properties that have a meaning of their own."""

    distinct_id: Id = None
    alias: Id = None
    anon_distinct_id: Id = field(default=None, name="$anon_distinct_id")
    groups: dict[str, Id] | None = field(default=None, name="$groups")
    group_type: Id = field(default=None, name="$group_type")
    group_key: Id = field(default=None, name="$group_key")
    group_set: Raw = field(default=EMPTY, name="$group_set")
    set: Raw = field(default=EMPTY, name="$set")
    set_once: Raw = field(default=EMPTY, name="$set_once")
    process_person_profile: Any = field(default=None, name="$process_person_profile")
    is_identified: Any = field(default=None, name="$is_identified")


_own = msgspec.json.Decoder(Own)


def message_of(event: Event, sent_us: int) -> Message:
    """`sent_us`: when the sender says it sent the body, 0 for unknown. Raises BadItem."""
    if not event.event:
        raise missing(Reason.MISSING_NAME, "event")
    properties = properties_of(event.properties)
    own = _own_of(properties)
    message = Message(KINDS.get(event.event, "track"), event.event, "", properties=properties)
    distinct_id = id_of(event.distinct_id) or id_of(own.distinct_id)
    if own.process_person_profile is False or own.is_identified is False:
        message.anonymous_id = distinct_id
    else:
        message.user_id = distinct_id
    message.time_us = _when(event, sent_us)
    message.groups = {kind: id_of(key) for kind, key in (own.groups or {}).items() if key is not None} or None
    message.traits = _traits(event, own)
    _describe(message, own)
    if not distinct_id:
        raise missing(Reason.MISSING_USER, "distinct_id")
    return identified(message, id_of(event.uuid))


def _own_of(properties: bytes) -> Own:
    try:
        return _own.decode(properties)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason, detail = fault(error)
        raise BadItem(reason, f"properties.{detail}") from error


def _when(event: Event, sent_us: int) -> int:
    """Its timestamp; else, as the browser's client counts, milliseconds before the body was sent."""
    if event.timestamp is None and event.offset is not None and sent_us and abs(event.offset) < 10**12:
        return sent_us - round(event.offset * 1000)
    return time_of(event.timestamp, "timestamp")


def _traits(event: Event, own: Own) -> dict[str, Any] | None:
    """What is set, over what is set only once; beside the properties or among them."""
    traits: dict[str, Any] = {}
    for name, raws in (("$set_once", (event.set_once, own.set_once)), ("$set", (event.set, own.set))):
        for raw in raws:
            traits |= traits_of(raw, name) or {}
    return traits or None


def _describe(message: Message, own: Own) -> None:
    """What is particular to its own events."""
    if message.name == "$identify":
        message.anonymous_id = id_of(own.anon_distinct_id)
    elif message.kind == "alias":
        _describe_merge(message, id_of(own.alias))
    elif message.kind == "group":
        _describe_group(message, own)


def _describe_merge(message: Message, alias: str) -> None:
    """Which id stays: of an alias the new one, `alias`; a merge names the one that stays first."""
    if not alias:
        raise missing(Reason.BAD_SHAPE, "properties.alias")
    distinct_id = message.user_id or message.anonymous_id
    message.anonymous_id = ""
    stays_first = message.name == "$merge_dangerously"
    message.user_id, message.previous_id = (distinct_id, alias) if stays_first else (alias, distinct_id)


def _describe_group(message: Message, own: Own) -> None:
    """Servers' clients make up a user to send a group's traits; only one who is in the group is taken for real."""
    kind, key = id_of(own.group_type), id_of(own.group_key)
    if not kind or not key:
        raise missing(Reason.BAD_SHAPE, "properties.$group_key" if kind else "properties.$group_type")
    if not (message.groups and message.groups.get(kind) == key):
        message.user_id = message.anonymous_id = ""
    message.groups = {kind: key}
    message.traits = traits_of(own.group_set, "properties.$group_set")
