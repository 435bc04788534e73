"""How many requests a token may make in a minute."""

import threading
import time
from dataclasses import dataclass
from typing import Final

_WINDOW_S: Final = 60.0
_MOST_KEPT: Final = 10_000


@dataclass(frozen=True)
class Standing:
    """Where a token stands: how many requests it has left in this minute, and when the next one begins."""

    limit: int
    remaining: int
    reset_s: int
    over: bool

    @property
    def headers(self) -> dict[str, str]:
        """As every answer names them."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_s),
        }


class Limits:
    """Counts requests by token in minutes that begin with a token's first one; each process counts by itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[int, tuple[float, int]] = {}

    def take(self, token_id: int, limit: int) -> Standing:
        """Counts one request."""
        now = time.monotonic()
        with self._lock:
            if len(self._counts) > _MOST_KEPT:
                self._counts = {key: each for key, each in self._counts.items() if now - each[0] < _WINDOW_S}
            began, count = self._counts.get(token_id, (now, 0))
            if now - began >= _WINDOW_S:
                began, count = now, 0
            self._counts[token_id] = began, count + 1
        left = limit - count - 1
        return Standing(limit, max(0, left), max(1, round(began + _WINDOW_S - now)), over=left < 0)


LIMITS: Final = Limits()
