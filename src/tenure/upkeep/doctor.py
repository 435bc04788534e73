"""`tenure doctor`: looks at everything that can be wrong with an installation and says what to do."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tenure.config import Config
from tenure.events.inbox.store import Inbox
from tenure.integrations.models import Sync
from tenure.integrations.watching import troubles
from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tenure.upkeep.backup import BackupDamaged, latest_backup, verify_backup
from tenure.upkeep.status import read_status
from tenure.warehouse.store import Store, WarehouseDamaged

BACKUP_STALE_DAYS = 3


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, whether it is well, what was found and what to do about it."""

    check: str
    ok: bool
    detail: str


def examine(config: Config, inbox: Inbox, store: Store) -> list[Finding]:
    """Every check, in the order in which trouble spreads."""
    return [*_disk(config), *_database(config), *_inbox(config, inbox, store), *_warehouse(store), *_work(config)]


def _disk(config: Config) -> Iterator[Finding]:
    writable = os.access(config.data, os.W_OK)
    yield Finding("data folder", writable, f"{config.data} {'can' if writable else 'can NOT'} be written.")
    mode = config.data.stat().st_mode & 0o077
    detail = "only its owner can read it." if not mode else f"others can read it: chmod 700 {config.data}"
    yield Finding("data folder is private", not mode, detail)
    free = shutil.disk_usage(config.data).free
    yield Finding("free disk", free >= config.min_free_disk, f"{free / 2**30:.1f} GiB free.")


def _database(config: Config) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding("database schema", not missing, f"{len(missing)} migrations missing; `tenure serve` applies them.")
    if not config.database_url:
        try:
            with closing(sqlite3.connect(config.sqlite_path)) as database:
                answer = str(database.execute("PRAGMA quick_check").fetchone()[0])
        except sqlite3.Error as error:
            answer = f"{error}. Stop the server and put a backup back: tenure restore"
        yield Finding("database file", answer == "ok", answer)


def _inbox(config: Config, inbox: Inbox, store: Store) -> Iterator[Finding]:
    status = read_status(config, inbox, store, int(clock.now().timestamp() * 1e6))
    detail = f"{status.waiting} bodies wait, the oldest for {status.oldest_wait_s:.0f} s."
    yield Finding("loading", status.oldest_wait_s < 120, detail)
    behind = store.position() > inbox.last_id()
    detail = "holds what the warehouse knows." if not behind else "is older than the warehouse: was it replaced?"
    yield Finding("inbox", not behind, detail)


def _warehouse(store: Store) -> Iterator[Finding]:
    try:
        detail = "; ".join(problems := store.check()) or f"{store.totals().events:,} events, all in step."
    except WarehouseDamaged as error:
        yield Finding("warehouse", False, f"{error} Stop the server, move the file away and start: it is made again.")
        return
    yield Finding("warehouse", not problems, detail)


def _work(config: Config) -> Iterator[Finding]:
    failed = Job.objects.filter(state=JobState.FAILED).count()
    yield Finding("jobs", not failed, f"{failed} failed; see Settings › Jobs.")
    told = [trouble.text for trouble in troubles()]
    yield Finding("syncs", not told, " ".join(told) or f"{Sync.objects.count()} of them, all well.")
    folder = latest_backup(config)
    if folder is None:
        yield Finding("backup", False, "There is none. Make one: tenure backup")
        return
    try:
        made_at = datetime.fromisoformat(verify_backup(config, folder).created_at)
    except BackupDamaged as error:
        yield Finding("backup", False, str(error))
        return
    age_days = (clock.now() - made_at) / timedelta(days=1)
    yield Finding("backup", age_days <= BACKUP_STALE_DAYS, f"{folder.name} is whole, {age_days:.1f} days old.")
