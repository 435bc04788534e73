"""The loader: the one writer that takes bodies from the inbox, in order, into the warehouse.

A batch is prepared (decoded, its new names and people written in short transactions) and then appended in one
transaction of the warehouse together with its position. While one batch is appended the next is prepared. Whatever
is written before the append is written the same again when a crash makes the batch come once more.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError, InterfaceError, OperationalError, close_old_connections
from prometheus_client import Counter

from tenure.accounts.dimension import account_rows
from tenure.accounts.erased import tell_erased
from tenure.accounts.exclusion import tell_excluded
from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.merging.verbs import tell_merged
from tenure.config import Config
from tenure.events.batches import Batches, Prepared, event_rows
from tenure.events.inbox.store import Body, Inbox
from tenure.events.models import EventType
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.warehouse.store import Appended, Store

LOADED = Counter("tenure_events_loaded", "Events added to the warehouse.")
DUPLICATES = Counter("tenure_events_duplicate", "Events that were there already.")
REFUSED = Counter("tenure_events_refused", "Items refused when loaded.", ["reason"])

_BODIES: Final = 2_000
_BYTES: Final = 8 * 2**20
_IDLE_S: Final = 1.0
_REFRESH_S: Final = 10.0


class Loader:
    """Not thread-safe: one thread calls it, and there is one loader for a warehouse."""

    def __init__(self, inbox: Inbox, store: Store, config: Config) -> None:
        self._inbox = inbox
        self._store = store
        self._config = config
        self._batches: Batches | None = None
        self._waiting: deque[Body] = deque()
        self._read_to = 0
        self._careful_to = 0  # bodies up to this one are prepared singly, to find the one that cannot be
        self._again = 0  # the body that was prepared a second time
        self._refreshed = 0.0
        self._has_new_accounts = False

    def load_once(self) -> int:
        """Loads one batch; returns how many bodies went into it, 0 when none waits."""
        with self._begun_anew_on_failure():
            prepared = self._next()
            if prepared is None:
                return 0
            self._settle(prepared, self._apply(prepared))
            return prepared.bodies

    def load_all(self) -> int:
        """Loads what waits, preparing one batch while the one before is written; returns how many bodies."""
        return self._load(threading.Event())

    def run(self, stop: threading.Event, wake: threading.Event) -> None:
        """Loads whatever arrives until `stop` is set. `wake` says that something arrived."""
        while not stop.is_set():
            wake.clear()
            if not self._load(stop) and not stop.is_set():
                self._refresh_today()
                close_old_connections()
                wake.wait(_IDLE_S)

    def _load(self, stop: threading.Event) -> int:
        loaded = 0
        with self._begun_anew_on_failure(), ThreadPoolExecutor(1, thread_name_prefix="append") as writer:
            before: tuple[Prepared, Future[Appended]] | None = None
            while True:
                prepared = None if stop.is_set() else self._next()
                if before is not None:
                    self._settle(before[0], before[1].result())
                if prepared is None:
                    return loaded
                before = prepared, writer.submit(self._apply, prepared)
                loaded += prepared.bodies

    def _next(self) -> Prepared | None:
        if self._batches is None:
            self._batches = self._begin()
        if len(self._waiting) < _BODIES // 2:  # not only when none is left: the last few would be a batch of their own
            self._waiting.extend(self._inbox.after(self._read_to, _BODIES, _BYTES))
            if not self._waiting:
                return None
            self._read_to = self._waiting[-1].id
        bodies = list(self._waiting)
        if bodies[0].id <= self._careful_to:
            del bodies[1:]
        prepared = self._prepare(bodies)
        for _ in range(prepared.bodies):
            self._waiting.popleft()
        return prepared

    def _begin(self) -> Batches:
        """Starts from what is stored, and tells the warehouse again what a crash may have kept from it."""
        self._waiting.clear()
        self._read_to = self._store.position()
        batches = Batches(self._config, self._store)
        tell_merged(self._store)
        self._store.set_accounts(account_rows())
        self._store.set_events(event_rows(EventType.objects.all()))
        tell_excluded(self._store)
        copy_facts(self._store, whole=True)
        tell_erased(self._store)
        return batches

    def _prepare(self, bodies: list[Body]) -> Prepared:
        """A batch from the front of `bodies`. One that cannot be prepared alone either is set aside."""
        assert self._batches is not None
        try:
            return self._batches.prepare(bodies)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            if len(bodies) > 1:
                self._careful_to = bodies[-1].id
                raise
            self._batches = Batches(self._config, self._store)
            if isinstance(error, IntegrityError) and bodies[0].id != self._again:
                self._again = bodies[0].id  # an import added the same account at this moment: it is found now
                return self._prepare(bodies)
            return self._batches.set_aside(bodies[0], error)

    def _apply(self, prepared: Prepared) -> Appended:
        """What the warehouse must know, then the batch. It runs in a thread of its own and touches nothing else."""
        if prepared.events:
            self._store.set_events(prepared.events)
        if prepared.accounts:
            self._store.set_accounts(prepared.accounts)
        return self._store.append(prepared.batch)

    def _settle(self, prepared: Prepared, appended: Appended) -> None:
        assert self._batches is not None
        self._has_new_accounts |= bool(prepared.accounts)
        if prepared.batch.relinks or prepared.batch.reassigns or prepared.batch.withdrawn:
            self._store.set_accounts(self._batches.correct_first_days(self._store))
        LOADED.inc(appended.added)
        DUPLICATES.inc(appended.duplicates)
        for reason, count in prepared.refused.items():
            REFUSED.labels(reason).inc(count)

    def _refresh_today(self) -> None:
        """Makes today's distinct users exact while nothing else is to do; other days wait for their jobs.

        New accounts get their first numbers at once: people wait for them.
        """
        if self._has_new_accounts:
            enqueue("refresh_today", key="refresh_today")
            self._has_new_accounts = False
        if time.monotonic() - self._refreshed < _REFRESH_S:
            return
        self._refreshed = time.monotonic()
        today = clock.today(self._config.zone)
        if today in self._store.dirty_days():
            self._store.refresh_days([today])

    @contextmanager
    def _begun_anew_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._batches = None
            raise
