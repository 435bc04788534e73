"""A limit of time for what every request does: asyncio.timeout costs 20 µs each, this costs an entry in a dict."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


class Deadline:
    """Cancels what takes longer than `limit_s`, looked at ten times in that time and at least each second."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._look_every_s = min(limit_s / 10, 1.0)
        self._since: dict[asyncio.Task[Any], float] = {}  # oldest first: all have the same limit
        self._looking = False

    async def within(self, work: Awaitable[T]) -> T:
        """What `work` gives. Raises TimeoutError when it was cancelled because of the limit."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        self._since[task] = loop.time()
        if not self._looking:
            self._looking = True
            loop.call_later(self._look_every_s, self._look, loop)
        try:
            return await work
        except asyncio.CancelledError:
            if task not in self._since and task.uncancel() == 0:
                raise TimeoutError from None
            raise  # the server cancelled the request for a reason of its own
        finally:
            self._since.pop(task, None)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        late = [task for task, since in self._since.items() if now - since >= self._limit_s]
        for task in late:
            del self._since[task]
            task.cancel()
        self._looking = bool(self._since)
        if self._looking:
            loop.call_later(self._look_every_s, self._look, loop)
