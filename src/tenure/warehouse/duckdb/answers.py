"""Answers asked for again and again, kept until this process, the only one that writes, changes what they are about."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Answers:
    """Shared by threads. What a read brings while the table changes is not kept; the oldest goes beyond `most`."""

    def __init__(self, most: int = 500) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._changes = 0
        self._most = most

    def get(self, key: Hashable, read: Callable[[], T]) -> T:
        """The answer kept under `key`, else what `read` brings. Nobody may change it."""
        found: T
        if key in (kept := self._kept):
            found = kept[key]
            return found
        before = self._changes
        found = read()
        if before == self._changes:
            if len(kept) >= self._most:
                self._kept = kept = dict(list(kept.items())[1 - self._most :])
            kept[key] = found
        return found

    def forget(self) -> None:
        """Called when a write was committed."""
        self._changes += 1
        self._kept = {}
