"""Reading a request's body within limits: of its size, of the time it takes, and of all that is being read."""

from collections.abc import Mapping

from tenure.events.receive.asgi import Receive
from tenure.events.receive.deadline import Deadline

_TIME_LIMIT_S = 30.0
# A client still sending when the connection closes sees a broken pipe instead of the answer, and tries again. So
# what is too large is answered at once but read to its end, up to this many times the limit.
_READ_AWAY = 16


class TooLarge(Exception):
    """The body is over the limit. `close`: so far over that the connection should be given up."""

    def __init__(self, close: bool) -> None:
        super().__init__()
        self.close = close


class TooSlow(Exception):
    """The body did not arrive in time."""


class Gone(Exception):
    """The client closed the connection before its body was complete."""


class Crowded(Exception):
    """Too many bodies are being read at once."""


class BodyReader:
    """Reads bodies of at most `max_body` bytes; all bodies in memory at one moment are at most `max_total`."""

    def __init__(self, max_body: int, max_total: int, time_limit_s: float = _TIME_LIMIT_S) -> None:
        self._max_body, self._max_total, self._deadline = max_body, max_total, Deadline(time_limit_s)
        self._held = 0

    async def read(self, receive: Receive, headers: Mapping[str, str]) -> bytes:
        """The whole body. Raises TooLarge, TooSlow, Gone, Crowded."""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > self._max_body:
            raise TooLarge(close=int(announced[:20]) > self._max_body * _READ_AWAY)
        try:
            return await self._deadline.within(self._read(receive))
        except TimeoutError:
            raise TooSlow from None

    async def _read(self, receive: Receive) -> bytes:
        body, more = await _part(receive)
        if not more:
            if len(body) > self._max_body:
                raise TooLarge(close=False)
            return body
        parts, size = [body], len(body)
        self._held += size
        try:
            while more:
                body, more = await _part(receive)
                parts.append(body)
                size += len(body)
                self._held += len(body)
                if self._held > self._max_total:
                    raise Crowded
                if size > self._max_body:
                    parts.clear()
                    await self._read_away(receive, more)
        finally:
            self._held -= size
        return b"".join(parts)

    async def _read_away(self, receive: Receive, more: bool) -> None:
        size = self._max_body
        while more and size <= self._max_body * _READ_AWAY:
            body, more = await _part(receive)
            size += len(body)
        raise TooLarge(close=more)


async def _part(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Gone
    return message.get("body", b""), message.get("more_body", False)
