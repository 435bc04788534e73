"""What is written down in the background: bodies refused whole, and when a key was last used.

Neither was acknowledged to anybody, so neither needs to be durable: when too much comes at once the rest is lost
and counted, and a database that is away costs the senders nothing.
"""

import queue
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import structlog
from django.db import close_old_connections

from tenure.events.message import BadBody
from tenure.events.models import QuarantinedItem, WriteKey
from tenure.events.receive.figures import NOTES_LOST
from tenure.lib import clock

log = structlog.get_logger()

_WAITING_AT_MOST = 200
_WRITE_EVERY_S = 1.0
_KEY_USED_EVERY_S = 60.0
_RAW_AT_MOST = 32 * 1024


class Refused(NamedTuple):
    """A body refused whole, from a sender whose key is known."""

    source_id: int
    wire_format: str
    bad: BadBody
    raw: bytes  # only the first 32 KiB are kept
    received_at: datetime


class Notes:
    """Written at most once a second by one thread; at most 200 refused bodies each time."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._refused: queue.Queue[Refused] = queue.Queue(_WAITING_AT_MOST)
        self._used: set[int] = set()
        self._used_noted_at: dict[int, float] = {}
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def key_used(self, key_id: int) -> None:
        """The key let a request in just now."""
        self._used.add(key_id)
        if self._thread is None:
            self._start()

    def refused(self, refused: Refused) -> None:
        """Keeps it for the quarantine page, unless too many wait already."""
        try:
            self._refused.put_nowait(refused._replace(raw=refused.raw[:_RAW_AT_MOST]))
        except queue.Full:
            NOTES_LOST.inc()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="receive-notes", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            last = self._closing.wait(_WRITE_EVERY_S)
            try:
                close_old_connections()
                self.write()
            except Exception:
                log.exception("Refused bodies and uses of keys could not be written down")
            if last:
                return

    def write(self) -> None:
        """Writes what waits. Called by the thread."""
        refused: list[Refused] = []
        while len(refused) < _WAITING_AT_MOST and not self._refused.empty():
            refused.append(self._refused.get_nowait())
        used = self._uses_to_note()
        if not refused and not used:
            return
        QuarantinedItem.objects.bulk_create([_row(each) for each in refused])
        WriteKey.objects.filter(id__in=used).update(last_used_at=clock.now())

    def _uses_to_note(self) -> list[int]:
        now, used = self._now(), list(self._used)
        due = [id for id in used if now - self._used_noted_at.get(id, float("-inf")) >= _KEY_USED_EVERY_S]
        for id in due:
            self._used.discard(id)
            self._used_noted_at[id] = now
        return due

    def close(self) -> None:
        """Writes what waits and ends the thread."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()


def _row(refused: Refused) -> QuarantinedItem:
    text = refused.raw.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
    return QuarantinedItem(
        source_id=refused.source_id,
        wire_format=refused.wire_format,
        reason=refused.bad.reason,
        detail=refused.bad.detail[:500],
        raw=text[:_RAW_AT_MOST],
        received_at=refused.received_at,
    )
