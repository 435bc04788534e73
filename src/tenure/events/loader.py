"""The loader: the one writer that takes bodies from the inbox, in order, into the warehouse.

A batch is prepared (decoded, its new names and people written in short transactions) and then appended in one
transaction of the warehouse together with its position. While batches are appended the next are prepared, a few ahead:
an append that folds the log of the warehouse into its file takes as long as several others. Of a long backlog the next
bodies are read meanwhile in a process of their own. Whatever is written before the append is written the same again
when a crash makes the batch come once more.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import islice
from typing import Final

from django.db import IntegrityError, InterfaceError, OperationalError, close_old_connections
from prometheus_client import Counter

from tenure.accounts.dimension import account_rows, drop_gone
from tenure.accounts.erased import tell_erased
from tenure.accounts.exclusion import tell_excluded
from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.merging.verbs import tell_merged
from tenure.config import Config
from tenure.events.batches import Batches, Prepared, event_rows
from tenure.events.inbox.store import Body, Inbox
from tenure.events.models import EventType
from tenure.events.reading import Read, read
from tenure.events.reading_ahead import ReadingAhead
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.garbage import unsearched
from tenure.lib.in_order import InOrder
from tenure.warehouse.store import Appended, Store

LOADED = Counter("tenure_events_loaded", "Events added to the warehouse.")
DUPLICATES = Counter("tenure_events_duplicate", "Events that were there already.")
REFUSED = Counter("tenure_events_refused", "Items refused when loaded.", ["reason"])

_BODIES: Final = 2_000
_BYTES: Final = 8 * 2**20
_IDLE_S: Final = 1.0
_REFRESH_S: Final = 10.0
_REST_S: Final = 60.0  # without a body after which the process that reads ahead is let go
_AHEAD: Final = 3  # batches prepared that wait for the warehouse; each takes some 20 MB
_BACKLOG: Final = 4  # batches still to come that make a process to read them worth its start


class Loader:
    """Not thread-safe: one thread calls it, and there is one loader for a warehouse."""

    def __init__(self, inbox: Inbox, store: Store, config: Config) -> None:
        self._inbox = inbox
        self._store = store
        self._config = config
        self._batches: Batches | None = None
        self._reading = ReadingAhead(config.max_decoded)
        self._waiting: deque[Body] = deque()
        self._appending: deque[tuple[Prepared, Future[Appended]]] = deque()
        self._read_to = 0
        self._careful_to = 0  # bodies up to this one are prepared singly, to find the one that cannot be
        self._again = 0  # the body that was prepared a second time
        self._loaded_at = self._refreshed = 0.0
        self._has_other_accounts = False

    def load_once(self) -> int:
        """Loads one batch; returns how many bodies went into it, 0 when none waits."""
        return self._load(threading.Event(), at_most=1)

    def load_all(self) -> int:
        """Loads what waits, preparing batches while others are written; returns how many bodies."""
        return self._load(threading.Event())

    def run(self, stop: threading.Event, wake: threading.Event) -> None:
        """Loads whatever arrives until `stop` is set. `wake` says that something arrived."""
        while not stop.is_set():
            wake.clear()
            if self._load(stop):
                self._loaded_at = time.monotonic()
            elif not stop.is_set():
                if time.monotonic() - self._loaded_at > _REST_S:
                    self._reading.stop()
                self._refresh_today()
                close_old_connections()
                wake.wait(_IDLE_S)

    def _load(self, stop: threading.Event, at_most: int = sys.maxsize) -> int:
        """Loads at most so many batches; returns how many bodies."""
        loaded, batches = 0, 0
        with self._begun_anew_on_failure(), InOrder("append") as writer:
            self._appending.clear()  # of a time that failed
            while batches < at_most and not stop.is_set() and (prepared := self._next()) is not None:
                self._appending.append((prepared, writer.submit(self._apply, prepared)))
                loaded, batches = loaded + prepared.bodies, batches + 1
                while len(self._appending) > _AHEAD or (self._appending and self._appending[0][1].done()):
                    self._settle(writer)
            while self._appending:
                self._settle(writer)
        return loaded

    def _next(self) -> Prepared | None:
        if self._batches is None:
            self._batches = self._begin()
        self._fetch()
        if not self._waiting:
            return None
        with unsearched():
            return self._prepare(self._read())

    def _fetch(self) -> None:
        """Has enough bodies wait for a batch. Not only when none is left: the last few would be one of their own."""
        if len(self._waiting) < _BODIES // 2:
            self._waiting.extend(self._inbox.after(self._read_to, _BODIES, _BYTES))
            if self._waiting:
                self._read_to = self._waiting[-1].id

    def _read(self) -> Read:
        """The next bodies for a batch, read; of a backlog the ones after them are begun."""
        if self._waiting[0].id <= self._careful_to:
            self._reading.forget()
            return read([self._waiting.popleft()], self._config.max_decoded)
        found = self._reading.read(self._waiting)
        for _ in found.bodies:
            self._waiting.popleft()
        if not self._reading.is_tried and self._inbox.backlog(self._read_to)[0] > _BACKLOG * len(found.bodies):
            self._reading.start()
        self._fetch()
        self._reading.ask(list(islice(self._waiting, 2 * len(found.bodies))))  # more would hardly go into one batch
        return found

    def _begin(self) -> Batches:
        """Starts from what is stored, and tells the warehouse again what a crash may have kept from it."""
        self._reading.forget()
        self._waiting.clear()
        self._read_to = self._store.position()
        batches = Batches(self._config, self._store)
        drop_gone(self._store)
        tell_merged(self._store)
        self._store.set_accounts(account_rows())
        self._store.set_events(event_rows(EventType.objects.all()))
        tell_excluded(self._store)
        copy_facts(self._store, whole=True)
        tell_erased(self._store)
        return batches

    def _prepare(self, found: Read) -> Prepared:
        """The batch of what was read. A body that cannot be prepared alone either is set aside."""
        assert self._batches is not None
        try:
            return self._batches.prepare(found)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            bodies = found.bodies
            if len(bodies) > 1:
                self._careful_to = bodies[-1].id
                raise
            for _before, future in self._appending:  # what is known anew must hold it
                future.result()
            self._batches = Batches(self._config, self._store)
            if isinstance(error, IntegrityError) and bodies[0].id != self._again:
                self._again = bodies[0].id  # an import added the same account at this moment: it is found now
                return self._prepare(found)
            return self._batches.set_aside(bodies[0], error)

    def _apply(self, prepared: Prepared) -> Appended:
        """What the warehouse must know, then the batch, then whom it must forget. It runs in a thread of its own and
        touches nothing else.
        """
        if prepared.events:
            self._store.set_events(prepared.events)
        if prepared.accounts:
            self._store.set_accounts(prepared.accounts)
        appended = self._store.append(prepared.batch)
        if prepared.gone_accounts:
            self._store.drop_accounts(prepared.gone_accounts)
        return appended

    def _settle(self, writer: InOrder) -> None:
        """Waits for the first of the batches, and corrects what was prepared before its end was known."""
        assert self._batches is not None
        prepared, future = self._appending.popleft()
        appended = future.result()
        self._has_other_accounts |= bool(prepared.accounts or prepared.gone_accounts)
        if prepared.batch.relinks or prepared.batch.reassigns or prepared.batch.withdrawn:
            changed = self._batches.correct_first_days(self._store, [each.batch for each, _ in self._appending])
            writer.submit(self._store.set_accounts, changed)
        LOADED.inc(appended.added)
        DUPLICATES.inc(appended.duplicates)
        for reason, count in prepared.refused.items():
            REFUSED.labels(reason).inc(count)

    def _refresh_today(self) -> None:
        """Makes today's distinct users exact while nothing else is to do; other days wait for their jobs.

        New accounts get their first numbers at once: people wait for them. Those that are gone have none.
        """
        if self._has_other_accounts:
            enqueue("refresh_today", key="refresh_today")
            self._has_other_accounts = False
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
