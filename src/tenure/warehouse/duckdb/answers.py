"""Answers asked for again and again, kept until this process, the only one that writes, changes what they are about."""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")

_MOST: Final = 500  # a day's answer is small; a year of days is looked through by one person


class Answers:
    """Shared by threads. What a read brings while the table changes is not kept."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._changes = 0

    def get(self, key: Hashable, read: Callable[[], T]) -> T:
        """The answer kept under `key`, else what `read` brings. Nobody may change it."""
        found: T
        if key in (kept := self._kept):
            found = kept[key]
            return found
        before = self._changes
        found = read()
        if before == self._changes and len(kept) < _MOST:
            kept[key] = found
        return found

    def forget(self) -> None:
        """Called when a write was committed."""
        self._changes += 1
        self._kept = {}
