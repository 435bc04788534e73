"""Interrupts reads that take too long. One thread for all reads: a timer each would cost more than most reads."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LOOK_EVERY_S = 0.1


class Watchdog:
    """Calls `interrupt` of a watched cursor once its time is over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deadlines: dict[int, tuple[float, Any]] = {}
        self._busy = threading.Event()
        self._thread = threading.Thread(target=self._look, name="warehouse-watchdog", daemon=True)
        self._stopped = threading.Event()
        self._thread.start()

    @contextmanager
    def limit(self, cursor: Any, seconds: float) -> Iterator[None]:
        with self._lock:
            self._deadlines[id(cursor)] = (time.monotonic() + seconds, cursor)
            self._busy.set()
        try:
            yield
        finally:
            with self._lock:
                self._deadlines.pop(id(cursor), None)

    def stop(self) -> None:
        with self._lock:
            self._stopped.set()
            self._busy.set()
        self._thread.join()

    def _look(self) -> None:
        while self._busy.wait() and not self._stopped.wait(LOOK_EVERY_S):
            with self._lock:
                for deadline, cursor in self._deadlines.values():
                    # Under the lock, so that a read that just ended cannot pass the interrupt on to the next one.
                    if time.monotonic() > deadline:
                        cursor.interrupt()
                if not self._deadlines and not self._stopped.is_set():
                    self._busy.clear()
