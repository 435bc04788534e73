"""Puts items into the inbox as bodies, so that files go the way of everything else: durable first, then loaded."""

import gzip
from typing import Final

from tenure.events.inbox.store import Arrival, Inbox
from tenure.events.message import Request
from tenure.events.quarantine import query_of_rows
from tenure.lib import clock
from tenure.lib.instants import to_us

_ITEMS: Final = 1_000
_BYTES: Final = 2**20
_AT_ONCE: Final = 16  # bodies that share a commit


class Sender:
    """Collects items, already JSON and one a row, and sends them in the order given, marked as of this file.

    `native` bodies have an item a line.
    """

    def __init__(self, inbox: Inbox, source_id: int, file: str, wire_format: str = "native") -> None:
        self._inbox = inbox
        self._file = file
        self._packed = 0
        self._source_id = source_id
        self._format = wire_format
        self._items: list[bytes] = []
        self._size = 0
        self._bodies: list[Request] = []
        self.sent = 0
        self.is_native = wire_format == "native"

    def add(self, item: bytes) -> None:
        self._items.append(item)
        self._size += len(item)
        if len(self._items) >= _ITEMS or self._size >= _BYTES:
            self._pack()

    def finish(self) -> None:
        """Sends what is left; all that was added is durable then. Raises InboxUnavailable, as `add` may."""
        self._pack()
        self._send()

    def _pack(self) -> None:
        if not self._items:
            return
        query = query_of_rows(self._file, self._packed + 1)
        if self._format == "posthog":
            body = b'{"batch":[' + b",".join(self._items) + b"]}"
            request = Request("batch", gzip.compress(body, 1), query, "application/json", "gzip")
        else:
            body = b"\n".join(self._items)
            request = Request("events", gzip.compress(body, 1), query, "application/x-ndjson", "gzip")
        self._bodies.append(request)
        self._packed += len(self._items)
        self._items, self._size = [], 0
        if len(self._bodies) >= _AT_ONCE:
            self._send()

    def _send(self) -> None:
        if self._bodies:
            now_us = to_us(clock.now())
            self._inbox.put([Arrival(self._source_id, self._format, now_us, request) for request in self._bodies])
            self.sent += len(self._bodies)
            self._bodies = []


def one_line(text: str) -> bytes:
    """A row nobody can read, as a line of a body: it is refused there by itself, and kept in the quarantine."""
    line = " ".join(text.splitlines()) or "empty"
    return (line if not line.lstrip().startswith(("{", "[")) else f"? {line}").encode(errors="replace")
