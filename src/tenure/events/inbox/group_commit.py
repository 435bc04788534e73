"""Requests that wait together share one commit."""

import asyncio
import threading
from collections.abc import Sequence

import structlog

from tenure.events.inbox.store import Arrival, Inbox, InboxUnavailable

log = structlog.get_logger()

#: An arrival and who waits for its id.
Waiting = tuple[Arrival, "asyncio.Future[int]"]


class GroupCommit:
    """Puts arrivals of one event loop into the inbox, from one thread of its own.

    While a commit is under way, new arrivals gather; the next commit takes all of them. So a commit's cost is
    shared by as many requests as arrive during one, and nobody waits longer than two commits.
    """

    def __init__(self, inbox: Inbox, max_pending_bytes: int) -> None:
        self._inbox = inbox
        self._max_pending_bytes = max_pending_bytes
        self._pending: list[Waiting] = []
        self._pending_bytes = 0  # in waiting and in the commit under way; touched by the loop's thread only
        self._changed = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    async def put(self, arrival: Arrival) -> int:
        """The arrival's id, once it is durable. Raises InboxUnavailable; then it may not be acknowledged.

        Also when too much is waiting already: a disk that slow must not fill the memory.
        """
        size = len(arrival.request.body)
        if self._pending_bytes + size > self._max_pending_bytes:
            raise InboxUnavailable("Too much waits for the disk already.")
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._pending_bytes += size
        with self._changed:
            if self._closing:
                raise InboxUnavailable("The server is shutting down.")
            self._start()
            self._pending.append((arrival, future))
            self._changed.notify()
        return await future

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while group := self._take():
            try:
                ids: Sequence[int] | Exception = self._inbox.put([arrival for arrival, _ in group])
            except Exception as error:
                if not isinstance(error, InboxUnavailable):
                    log.exception("The inbox failed in an unforeseen way")
                ids = error
            try:
                group[0][1].get_loop().call_soon_threadsafe(self._tell, group, ids)
            except RuntimeError:
                continue  # the loop is closed: nobody waits for this group any more

    def _tell(self, group: Sequence[Waiting], ids: Sequence[int] | Exception) -> None:
        for place, (arrival, future) in enumerate(group):
            self._pending_bytes -= len(arrival.request.body)
            if future.done():
                continue  # its request was given up meanwhile
            if isinstance(ids, Exception):
                future.set_exception(InboxUnavailable(str(ids)))
            else:
                future.set_result(ids[place])

    def _take(self) -> list[Waiting]:
        with self._changed:
            self._changed.wait_for(lambda: self._pending or self._closing)
            group, self._pending = self._pending, []
        return group

    def close(self) -> None:
        """Commits what is waiting and ends the thread. Call it off the loop, or the last waiters hear nothing."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
