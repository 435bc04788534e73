"""Calls made one after another in a thread of their own, none after one that failed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InOrder:
    """Leaving it waits for what was submitted; what a call raised is raised by its future and those of all later ones.

    Submitting is for one thread.
    """

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._last: Future[Any] | None = None

    def submit(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        before = self._last

        def run() -> T:
            if before is not None:
                before.result()
            return call(*args, **named)

        self._last = future = self._thread.submit(run)
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._thread.shutdown()
        if error is None and self._last is not None:
            self._last.result()
