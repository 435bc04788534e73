"""The ASGI app of the event paths: read, let in, check, make durable, answer.

It never answers 5xx to bad input, and never 2xx before the body is durable. What it cannot take now it answers with
503 and Retry-After.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog

from tenure.config import Config
from tenure.events.disk import FreeDisk
from tenure.events.formats.all import ROUTES
from tenure.events.formats.format import Answer, WireFormat, cors_headers
from tenure.events.inbox.group_commit import GroupCommit
from tenure.events.inbox.store import Arrival, Inbox, InboxUnavailable
from tenure.events.keys import KeysUnknown, WriteKeys
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason
from tenure.events.receive import figures
from tenure.events.receive.asgi import Receive, Scope, Send, headers_of, send_answer
from tenure.events.receive.body import BodyReader, Crowded, Gone, TooLarge, TooSlow
from tenure.events.receive.deadline import Deadline
from tenure.events.receive.lag import Lag
from tenure.events.receive.notes import Notes, Refused
from tenure.lib import clock

log = structlog.get_logger()
T = TypeVar("T")

_RETRY_AFTER_S = 5
_DURABLE_WITHIN_S = 25.0  # a disk or database slower than this is as good as away
_LARGE = 32 * 1024  # bodies over it are unpacked in a thread, so that others are not kept waiting
_BODIES_AT_ONCE = 64  # of the largest size, in memory

_TEXT = (("content-type", "text/plain; charset=utf-8"),)
_NOT_HERE = Answer(404, b"No events are taken here.\n", _TEXT)
_TOO_SLOW = Answer(408, b"The body did not arrive in time.\n", _TEXT)
_PREFLIGHT = Answer(204, b"", ())


def create_app(
    inbox: Inbox,
    config: Config,
    *,
    position: Callable[[], int | None],
    wake: Callable[[], None],
    keys: WriteKeys | None = None,
    notes: Notes | None = None,
) -> "Receiver":
    """`position` gives the last inbox id in the warehouse (None: not known here); `wake` starts the loader."""
    keys, notes = keys or WriteKeys(), notes or Notes()
    return Receiver(inbox, config, Lag(inbox, position, config.inbox_max_backlog), wake, keys, notes)


class _Answered(Exception):
    """The way to the inbox ends here: with this answer, counted as this outcome."""

    def __init__(self, answer: Answer, outcome: str, close: bool = False) -> None:
        super().__init__()
        self.answer, self.outcome, self.close = answer, outcome, close


class Receiver:
    """Serves the paths of formats.all.ROUTES, from one event loop."""

    def __init__(
        self, inbox: Inbox, config: Config, lag: Lag, wake: Callable[[], None], keys: WriteKeys, notes: Notes
    ) -> None:
        most = config.max_body * _BODIES_AT_ONCE
        self._max_body, self._max_decoded = config.max_body, config.max_decoded
        self._durable = Deadline(_DURABLE_WITHIN_S)
        self._commits = GroupCommit(inbox, max_pending_bytes=most)
        self._bodies = BodyReader(config.max_body, max_total=most)
        self._disk = FreeDisk(config.data, config.min_free_disk)
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="large-bodies")
        self._lag, self._wake, self._keys, self._notes = lag, wake, keys, notes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        wire_format, route = ROUTES.get(scope["path"], (None, ""))
        if wire_format is None:
            await send_answer(send, _NOT_HERE)
            return
        headers = headers_of(scope)
        cors = cors_headers(headers, preflight=scope["method"] == "OPTIONS")
        try:
            answer, outcome, close = await self._answer(wire_format, route, scope, headers, receive), "accepted", False
        except _Answered as answered:
            answer, outcome, close = answered.answer, answered.outcome, answered.close
        except Gone:
            return
        await send_answer(send, answer, cors, close)
        figures.count(wire_format.name, outcome, time.perf_counter() - started)

    async def _answer(
        self, wire_format: WireFormat, route: str, scope: Scope, headers: dict[str, str], receive: Receive
    ) -> Answer:
        _check_method(wire_format, route, scope["method"])
        if self._lag.too_long() or not self._disk.enough():
            raise _busy(wire_format)
        request = await self._read(wire_format, route, scope, headers, receive)
        source_id = await self._let_in(wire_format, request, headers)
        items = await self._check(wire_format, request, source_id)
        if not wire_format.stores(request, headers):
            raise _Answered(wire_format.accept(request, items, headers), "checked")
        await self._make_durable(wire_format, source_id, request)
        return wire_format.accept(request, items, headers)

    async def _read(
        self, wire_format: WireFormat, route: str, scope: Scope, headers: dict[str, str], receive: Receive
    ) -> Request:
        query: bytes = scope["query_string"]
        try:
            if len(query) > self._max_body:
                raise TooLarge(close=False)
            body = await self._bodies.read(receive, headers)
        except TooLarge as too_large:
            bad = BadBody(413, Reason.BODY_TOO_LARGE, f"A request may be {self._max_body} bytes.")
            raise _Answered(wire_format.refuse(None, bad), "too_large", too_large.close) from None
        except TooSlow:
            raise _Answered(_TOO_SLOW, "slow", close=True) from None
        except Crowded:
            raise _busy(wire_format) from None
        return Request(
            route,
            body,
            query.decode("latin-1"),
            headers.get("content-type", ""),
            headers.get("content-encoding", ""),
        )

    async def _let_in(self, wire_format: WireFormat, request: Request, headers: dict[str, str]) -> int:
        """The id of the source whose key the request carries."""
        try:
            key = await self._off_the_loop_if_large(
                request, lambda: wire_format.write_key(request, headers, self._max_decoded)
            )
            found = await self._keys.find(key)
        except BadBody as bad:
            raise _Answered(wire_format.refuse(request, bad), "refused") from None
        except KeysUnknown:
            raise _busy(wire_format) from None
        if found is None:
            stranger = BadBody(401, Reason.UNKNOWN_KEY, "The write key is missing, unknown or revoked.")
            raise _Answered(wire_format.refuse(request, stranger), "unknown_key")
        source_id, key_id = found
        self._notes.key_used(key_id)
        return source_id

    async def _check(self, wire_format: WireFormat, request: Request, source_id: int) -> Sequence[Message | Refusal]:
        try:
            return await self._off_the_loop_if_large(request, lambda: wire_format.check(request, self._max_decoded))
        except BadBody as bad:
            self._notes.refused(Refused(source_id, wire_format.name, bad, request.body, clock.now()))
            raise _Answered(wire_format.refuse(request, bad), "refused") from None
        except Exception:
            # The body is kept all the same: the loader puts it aside with its error, and it can be loaded once the
            # fault is mended. A 4xx would make the sender throw it away, a 5xx send it again for ever.
            log.exception("A body could not be checked in an unforeseen way; it is kept")
            return ()

    async def _make_durable(self, wire_format: WireFormat, source_id: int, request: Request) -> None:
        received_us = int(clock.now().timestamp() * 1_000_000)
        try:
            await self._durable.within(self._commits.put(Arrival(source_id, wire_format.name, received_us, request)))
        except (InboxUnavailable, TimeoutError):
            raise _busy(wire_format) from None
        self._lag.add()
        self._wake()

    async def _off_the_loop_if_large(self, request: Request, work: Callable[[], T]) -> T:
        if len(request.body) <= _LARGE:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Commits what waits, writes the notes, ends the threads. For when the event loop has stopped serving."""
        self._commits.close()
        self._threads.shutdown(wait=True)
        self._lag.close()
        self._keys.close()
        self._notes.close()


def _check_method(wire_format: WireFormat, route: str, method: str) -> None:
    if method == "OPTIONS":
        raise _Answered(_PREFLIGHT, "checked")
    allowed = wire_format.methods(route)
    if method not in allowed:
        allow = ("allow", ", ".join((*allowed, "OPTIONS")))
        raise _Answered(Answer(405, f"{method} is not for this path.\n".encode(), (*_TEXT, allow)), "method")


def _busy(wire_format: WireFormat) -> _Answered:
    return _Answered(wire_format.busy(_RETRY_AFTER_S), "busy")
