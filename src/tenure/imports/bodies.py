"""Puts items into the inbox as bodies, so that files go the way of everything else: durable first, then loaded."""

import gzip
from collections.abc import Sequence
from typing import Final

import msgspec

from tenure.events.formats.all import POSTHOG
from tenure.events.formats.format import WireFormat
from tenure.events.inbox.store import Arrival, Inbox
from tenure.events.message import Request
from tenure.events.quarantine import query_of_rows
from tenure.lib import clock
from tenure.lib.instants import to_us

_ITEMS: Final = 1_000
_BYTES: Final = 2**20
_AT_ONCE: Final = 16  # bodies that share a commit


def request_of(wire_format: WireFormat, items: Sequence[bytes]) -> Request:
    """Items, each one JSON object, as their sender would send them."""
    if wire_format is POSTHOG:
        return Request("batch", b'{"batch":[' + b",".join(items) + b"]}", "", "application/json")
    return Request("events", b"\n".join(items), "", "application/x-ndjson")


class Sender:
    """Collects items of the rows of a file, named by `file`, and sends them in the order given."""

    def __init__(self, inbox: Inbox, source_id: int, wire_format: WireFormat, file: str) -> None:
        self._inbox = inbox
        self._source_id = source_id
        self._format = wire_format
        self._file = file
        self._first_row = 0
        self._items: list[bytes] = []
        self._size = 0
        self._bodies: list[Request] = []

    def add(self, item: bytes, row: int) -> None:
        """`row` says which of the file; each must be greater than the one before."""
        if not self._items:
            self._first_row = row
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
        plain = request_of(self._format, self._items)
        query = query_of_rows(self._file, self._first_row)
        body = gzip.compress(plain.body, 1)
        self._bodies.append(msgspec.structs.replace(plain, body=body, query=query, content_encoding="gzip"))
        self._items, self._size = [], 0
        if len(self._bodies) >= _AT_ONCE:
            self._send()

    def _send(self) -> None:
        if self._bodies:
            now_us = to_us(clock.now())
            self._inbox.put([Arrival(self._source_id, self._format.name, now_us, each) for each in self._bodies])
            self._bodies = []
