"""Putting a backup back. What was there is moved aside, never deleted."""

import shutil
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.config import Config
from tenure.lib.errors import TenureError
from tenure.upkeep.backup import DATABASE, DATABASE_DUMP, FILES, INBOX, WAREHOUSE, verify_backup
from tenure.upkeep.postgres import ClientFailed, run_client

RESTORED = verb("backup.restored", gettext_lazy("{by} put the backup {name} back; later changes are gone"), False)


class CannotRestore(TenureError):
    """The backup cannot be put back; nothing was changed."""


def restore(config: Config, folder: Path, now: datetime) -> Path:
    """Replaces the data with a verified backup; returns the folder to which the old data were moved.

    Needs that no server runs. On PostgreSQL what is there is dumped into that folder first. A ClickHouse warehouse is
    restored into an empty database only. Raises BackupDamaged, CannotRestore.
    """
    verify_backup(config, folder)
    files = _files(config, folder)
    if config.warehouse_url:
        _fill_clickhouse(config, folder)
    aside = config.data / f"replaced-{now.strftime('%Y-%m-%dT%H%M%SZ')}"
    try:
        aside.mkdir(parents=True)
        for current, kept in files.items():  # a full disk fails here, before anything is moved
            shutil.copy2(kept, _incoming(current))
        if (folder / FILES).exists():  # named after their content: what is there already is the same
            shutil.copytree(folder / FILES, config.files_path, dirs_exist_ok=True)
        if config.database_url:
            _restore_postgres(config, folder, aside)
    except (OSError, ClientFailed) as error:
        for current in files:
            _incoming(current).unlink(missing_ok=True)
        raise CannotRestore(f"Nothing was changed: {error}") from error
    for current in files:
        _replace(current, aside)
    return aside


def note_restored(folder: Path) -> None:
    """Writes into the database that was put back that it was; it must have the current schema."""
    with transaction.atomic():
        record(RESTORED, None, detail={"name": folder.name})


def _files(config: Config, folder: Path) -> dict[Path, Path]:
    """Which files of the backup take which places; raises CannotRestore when it is one of another set-up."""
    if (folder / DATABASE_DUMP).exists() != bool(config.database_url):
        says = "unset TENURE_DATABASE_URL" if config.database_url else "set TENURE_DATABASE_URL to restore it into"
        kind = "SQLite" if config.database_url else "PostgreSQL"
        raise CannotRestore(f"This backup holds a {kind} database: {says}.")
    warehouse = folder / WAREHOUSE / config.warehouse_path.name
    if warehouse.exists() == bool(config.warehouse_url):
        says = "unset TENURE_WAREHOUSE_URL" if config.warehouse_url else "set TENURE_WAREHOUSE_URL to restore it into"
        kind = "DuckDB" if config.warehouse_url else "ClickHouse"
        raise CannotRestore(f"This backup holds a {kind} warehouse: {says}.")
    files = {} if config.warehouse_url else {config.warehouse_path: warehouse}
    if not config.database_url:
        files |= {config.sqlite_path: folder / DATABASE, config.inbox_path: folder / INBOX}
    return files


def _fill_clickhouse(config: Config, folder: Path) -> None:
    from tenure.warehouse.clickhouse import ClickHouseStore

    store = ClickHouseStore.connect(config.warehouse_url)
    try:
        store.restore(folder / WAREHOUSE)
    finally:
        store.close()


def _restore_postgres(config: Config, folder: Path, aside: Path) -> None:
    run_client(config.database_url, "pg_dump", "--format=custom", f"--file={aside / DATABASE_DUMP}")
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
    run_client(config.database_url, "pg_restore", *options, str(folder / DATABASE_DUMP))


def _replace(current: Path, aside: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".wal"):
        old = current.with_name(current.name + suffix)
        if old.exists():
            old.rename(aside / old.name)
    _incoming(current).rename(current)


def _incoming(current: Path) -> Path:
    return current.with_name(current.name + ".restoring")
