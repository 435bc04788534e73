"""Whether the disk has room for more events."""

import os
import time
from collections.abc import Callable
from pathlib import Path

_CHECK_EVERY_S = 1.0


class FreeDisk:
    """Looks at most once a second, so that it can be asked for each request."""

    def __init__(self, folder: Path, minimum: int, now: Callable[[], float] = time.monotonic) -> None:
        """`minimum`: bytes that must stay free."""
        self._folder, self._minimum, self._now = folder, minimum, now
        self._looked_at = float("-inf")
        self._enough = True

    def enough(self) -> bool:
        """False when less than the minimum is free, or the folder cannot be reached."""
        now = self._now()
        if now - self._looked_at >= _CHECK_EVERY_S:
            self._looked_at = now
            self._enough = self._look()
        return self._enough

    def _look(self) -> bool:
        try:
            found = os.statvfs(self._folder)
        except OSError:
            return False
        return found.f_bavail * found.f_frsize >= self._minimum
