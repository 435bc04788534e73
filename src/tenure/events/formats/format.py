"""What a wire format is: the way one family of clients talks, from its bytes to messages and back to its answers."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from tenure.events.columns import Columns
from tenure.events.message import BadBody, Message, Refusal, Request

#: Bytes a body may unpack to where the caller names no limit of its own.
MAX_DECODED = 10 * 2**20

JSON = (("content-type", "application/json"),)


class Answer(NamedTuple):
    """An HTTP answer; header names in lower case, content-length and CORS headers are added by the receiver."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = JSON


class WireFormat(Protocol):
    """One format. `headers` are the request's, names in lower case, text decoded as Latin-1.

    Only BadBody ever comes out of these methods, whatever the bytes are.
    """

    name: str

    def methods(self, route: str) -> tuple[str, ...]:
        """HTTP methods the route takes besides OPTIONS; any other is 405."""
        ...

    def write_key(self, request: Request, headers: Mapping[str, str], max_decoded: int = MAX_DECODED) -> str:
        """The sender's write key, "" when it gave none. Raises BadBody where the key is in a body nobody can read."""
        ...

    def decode(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Message | Refusal]:
        """The items in the order sent. Pure: called when the body arrives and again when it is loaded.

        `max_decoded` bounds the unpacked size in bytes. Raises BadBody when nothing can be read.
        """
        ...

    def tracks(self, request: Request, max_decoded: int = MAX_DECODED) -> Sequence[Any] | None:
        """The items, at a fraction of decode's cost, when all look like plain tracked events; else None.

        Most bodies of servers' clients are such. Only `columns` knows what they are.
        """
        return None

    def columns(self, tracks: Sequence[Any]) -> Columns | None:
        """What `tracks` gave for one or more bodies, as Columns.of(decode(...)) has it; None if any is unusual."""
        return None

    def check(self, request: Request, max_decoded: int) -> Sequence[Message | Refusal]:
        """What `accept` needs to know before the body is stored. Raises BadBody when nothing can be read.

        A format whose answer says nothing about single items checks no more than that the body is one, and returns
        none: a third of decoding's cost. The loader decodes them anyway.
        """
        return self.decode(request, max_decoded)

    def accept(self, request: Request, items: Sequence[Message | Refusal], headers: Mapping[str, str]) -> Answer:
        """What the client wants to hear once the body is durable. `items` are what `check` gave."""
        ...

    def refuse(self, request: Request | None, bad: BadBody) -> Answer:
        """The answer to a whole body that is refused. `request` is None when it was never read to its end."""
        ...

    def busy(self, retry_after_s: int) -> Answer:
        """503: not durable, the sender must try again."""
        ...

    def stores(self, request: Request, headers: Mapping[str, str]) -> bool:
        """False when the client asks for a check only (a dry run, feature flags): answered, not kept."""
        ...


def cors_headers(headers: Mapping[str, str], preflight: bool = False) -> tuple[tuple[str, str], ...]:
    """The headers that let a browser's client send from any site; none when no browser asks.

    Events are authorised by their write key alone, never by a cookie, so any origin may be let in, and clients that
    ask to send credentials need their own origin named rather than "*".
    """
    origin = headers.get("origin", "")
    if not origin:
        return ()
    shared = (
        ("access-control-allow-origin", origin),
        ("access-control-allow-credentials", "true"),
        ("vary", "origin"),
    )
    if not preflight:
        return (*shared, ("access-control-expose-headers", "retry-after"))
    asked = headers.get("access-control-request-headers", "") or "authorization, content-type, content-encoding"
    return (
        *shared,
        ("access-control-allow-methods", "GET, POST, OPTIONS"),
        ("access-control-allow-headers", asked),
        ("access-control-max-age", "86400"),
    )
