"""How far the loader is behind, as a number that costs a request nothing."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import structlog

from tenure.events.inbox.store import Inbox

log = structlog.get_logger()

_MEASURE_EVERY_S = 1.0


class Lag:
    """Bodies waiting to be loaded: measured each second in a thread, counted in between."""

    def __init__(
        self, inbox: Inbox, position: Callable[[], int | None], limit: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        """`position` gives the last id the warehouse has, None when this process cannot know; it may be slow."""
        self._inbox, self._position, self._limit, self._now = inbox, position, limit, now
        self._waiting = 0
        self._measured_at = float("-inf")
        self._measuring: Future[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inbox-lag")

    def too_long(self) -> bool:
        """True when no more bodies should be taken. Never waits: a measurement that hangs leaves the count rising."""
        now = self._now()
        if now - self._measured_at >= _MEASURE_EVERY_S and (self._measuring is None or self._measuring.done()):
            self._measured_at = now
            self._measuring = self._thread.submit(self._measure)
        return self._waiting >= self._limit

    def add(self) -> None:
        """One more body waits."""
        self._waiting += 1

    def _measure(self) -> None:
        try:
            position = self._position()
            self._waiting = 0 if position is None else self._inbox.backlog(position)[0]
        except Exception:  # the warehouse is being rebuilt, the inbox is away: what was known before stands
            log.warning("The loader's lag could not be measured", exc_info=True)

    def close(self) -> None:
        self._thread.shutdown(wait=True)
