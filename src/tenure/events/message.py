"""One item of a request, whatever the wire format: what the formats make and the pipeline reads."""

from dataclasses import dataclass
from typing import Any

import msgspec


class Request(msgspec.Struct, frozen=True):
    """A request as received; stored like this in the inbox, so that loading decodes exactly what came.

    `route` is the format's own name of the endpoint ("batch", "track", "sa" ...).
    """

    route: str
    body: bytes
    query: str = ""
    content_type: str = ""
    content_encoding: str = ""


class Message(msgspec.Struct, gc=False):
    """An item that is well formed. Texts are empty and times 0 where the sender gave none.

    message_id  what makes it the same item when it is sent again: the sender's id, else "#" and a hash of its
                content. One that begins with "~" is a hash of an item with neither id nor time: nothing tells a
                second such item from a first one sent again, so whoever stores it adds the body's inbox id
    time_us     microseconds since 1970 UTC; 0 = none given, its arrival counts
    properties  JSON object text as sent; b"{}" when there is none
    traits      for identify, group and profile calls: what is said about the user (or the account, for group)
    group_id    the account the message itself names (context.groupId, a group call's groupId)
    previous_id for alias: the id the user was known by before
    """

    kind: str
    name: str
    message_id: str
    user_id: str = ""
    anonymous_id: str = ""
    group_id: str = ""
    previous_id: str = ""
    time_us: int = 0
    properties: bytes = b"{}"
    traits: dict[str, Any] | None = None
    groups: dict[str, str] | None = None  # group type -> key, where a format has several ($groups)


class Refusal(msgspec.Struct):
    """An item that is not: goes to quarantine with its reason (events.reasons.Reason) and its raw text."""

    reason: str
    detail: str
    raw: bytes


@dataclass(eq=False)
class BadBody(Exception):  # not frozen: Python itself sets a raised exception's traceback
    """The whole body cannot be read. `status` is what the sender's client handles best."""

    status: int
    reason: str
    detail: str
