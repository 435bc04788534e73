"""What one Tenure process has open and running: stores, the loader, the worker of jobs and schedules."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from django.db import close_old_connections

from tenure.config import Config
from tenure.events.inbox import current as current_inbox
from tenure.events.inbox.open import open_inbox
from tenure.events.inbox.store import Inbox
from tenure.events.loader import Loader
from tenure.jobs.schedules import run as run_schedules
from tenure.jobs.worker import run as run_jobs
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.upkeep.rebuild import open_or_rebuild, rebuild
from tenure.upkeep.status import read_status
from tenure.warehouse import current as current_store
from tenure.warehouse.store import Store, WarehouseDamaged

log = structlog.get_logger()


@dataclass
class Process:
    """Opened by `start`, ended by `stop`; threads end within a few seconds of being asked."""

    config: Config
    inbox: Inbox
    store: Store | None = None
    loader: Loader | None = None
    has_warehouse: bool = True  # false where another process owns it
    wake: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    @classmethod
    def open(cls, config: Config, *, warehouse: bool = True) -> "Process":
        """Opens the inbox and, unless this process has none, the warehouse (rebuilt first when it is damaged)."""
        inbox = open_inbox(config)
        current_inbox.use(inbox)
        process = cls(config, inbox, has_warehouse=warehouse)
        if warehouse:
            process._use(open_or_rebuild(config, inbox))
        return process

    def start(self) -> None:
        """Starts the loader, the worker and the schedules."""
        self._run("loader", self._load)
        self._run("worker", lambda: run_jobs(self._stop))
        self._run("schedules", lambda: run_schedules(self._stop))

    def drain(self) -> None:
        """Loads what waits in the inbox, in this thread."""
        assert self.loader is not None
        self.loader.load_all()

    def position(self) -> int | None:
        """Inbox id up to which bodies are loaded; None in a process without a warehouse."""
        return self.store.position() if self.store is not None else None

    def status(self) -> dict[str, object]:
        """The health endpoint's answer; `ok` is false when events are refused or numbers lag."""
        now_us = int(clock.now().timestamp() * 1e6)
        try:
            found = read_status(self.config, self.inbox, self.store, now_us, has_warehouse=self.has_warehouse)
        except TenureError as error:
            return {"ok": False, "waiting": None, "problems": [str(error)]}
        return {"ok": not found.problems, "waiting": found.waiting, "problems": list(found.problems)}

    def stop(self) -> None:
        self._stop.set()
        self.wake.set()
        for thread in self._threads:
            thread.join(timeout=30)
        if self.store is not None:
            current_store.use(None)
            self.store.close()
        current_inbox.use(None)
        self.inbox.close()

    def _load(self) -> None:
        """The loader's loop. A warehouse found to be damaged is rebuilt while events go on into the inbox."""
        if self.store is None:  # the last try to rebuild it failed: no space, for example
            self._use(open_or_rebuild(self.config, self.inbox))
        assert self.loader is not None
        try:
            self.loader.run(self._stop, self.wake)
        except WarehouseDamaged as error:
            if self.config.warehouse_url:
                raise
            damaged, self.store = self.store, None
            current_store.use(None)
            if damaged is not None:
                damaged.close()
            self._use(rebuild(self.config, self.inbox, str(error)))
            raise  # logged, and a pause: a backup that breaks at the first touch must not be copied without end

    def _use(self, store: Store) -> None:
        self.inbox.reserve(store.position())  # an inbox put back from a copy may be behind the warehouse
        self.store = store
        self.loader = Loader(self.inbox, store, self.config)
        current_store.use(store)

    def _run(self, name: str, work: Callable[[], None]) -> None:
        """Runs a loop in a thread for as long as the process lives: one that fails is logged and started again."""

        def keep() -> None:
            pause_s = 1.0
            while not self._stop.is_set():
                try:
                    work()
                except Exception:
                    log.exception("thread failed, starting it again", thread=name, after_s=pause_s)
                    self._stop.wait(pause_s)
                    pause_s = min(pause_s * 2, 60)
                finally:
                    close_old_connections()

        thread = threading.Thread(target=keep, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)
