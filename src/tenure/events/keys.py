"""Write keys: which source a request comes from, known without asking the database for each request."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog
from django.db import close_old_connections

from tenure.events.models import WriteKey
from tenure.lib.errors import TenureError

log = structlog.get_logger()

_REFRESH_AFTER_S = 1.0  # older than this, the keys are read again while requests go on
_TRUST_FOR_S = 2.0  # older than this, requests wait for it: so long a revoked key may still work elsewhere
_UNKNOWN_AFTER_S = 0.5  # a key not found is looked for again in the database, at most this often for all senders
_WITHOUT_DATABASE_S = 300.0  # so long the last known keys count while the database cannot be read

#: What is read: key -> (source id, WriteKey id).
Sources = dict[str, tuple[int, int]]

_changes = 0


class KeysUnknown(TenureError):
    """The keys could not be read for too long: nobody can be let in or refused. The sender must try again: 503."""


def forget() -> None:
    """Call after a commit that made, revoked or moved a key: this process reads the keys again before it uses them."""
    global _changes
    _changes += 1


def read_sources() -> Sources:
    """Every key that works now. Keys of archived sources do not."""
    keys = WriteKey.objects.filter(revoked_at=None, source__archived_at=None)
    return {key: (source_id, id) for key, source_id, id in keys.values_list("key", "source_id", "id")}


@dataclass(frozen=True)
class _Known:
    sources: Sources = field(default_factory=dict)
    read_at: float = float("-inf")
    changes: int = -1


class WriteKeys:
    """For one event loop. Reading is done in a thread, one at a time however many requests wait for it."""

    def __init__(self, read: Callable[[], Sources] = read_sources, now: Callable[[], float] = time.monotonic) -> None:
        self._read, self._now = read, now
        self._known = _Known()
        self._tried_at = float("-inf")
        self._reading: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="write-keys")

    async def find(self, key: str) -> tuple[int, int] | None:
        """(source id, WriteKey id), or None for a key that does not work. Raises KeysUnknown."""
        age_s = self._now() - self._known.read_at
        if self._known.changes != _changes or age_s > _TRUST_FOR_S:
            await self._read_unless_away()
        elif age_s > _REFRESH_AFTER_S:
            self._start_reading()
        found = self._known.sources.get(key)
        if found is None and key and (self._is_reading() or self._now() - self._tried_at > _UNKNOWN_AFTER_S):
            await asyncio.shield(self._start_reading())
            found = self._known.sources.get(key)
        if self._now() - self._known.read_at > _WITHOUT_DATABASE_S:
            raise KeysUnknown("The write keys cannot be read: the database is away.")
        return found

    async def _read_unless_away(self) -> None:
        """Waits until what is known was read after the last change. While reading fails, nobody waits for it twice."""
        if self._failed() and not self._is_reading():
            if self._now() - self._tried_at > _REFRESH_AFTER_S:
                self._start_reading()
            return
        while True:
            await asyncio.shield(self._start_reading())
            if self._failed() or self._known.changes == _changes:
                return

    def _failed(self) -> bool:
        return self._known.read_at < self._tried_at

    def _is_reading(self) -> bool:
        return self._reading is not None and not self._reading.done()

    def _start_reading(self) -> "asyncio.Task[None]":
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().create_task(self._read_once())
        return self._reading

    async def _read_once(self) -> None:
        changes, self._tried_at = _changes, self._now()
        try:
            sources = await asyncio.get_running_loop().run_in_executor(self._thread, self._read_in_thread)
        except Exception:
            log.exception("The write keys could not be read; the last known ones count")
        else:
            self._known = _Known(sources, self._tried_at, changes)

    def _read_in_thread(self) -> Sources:
        close_old_connections()  # one that broke is opened again
        return self._read()

    def close(self) -> None:
        self._thread.shutdown(wait=True)
