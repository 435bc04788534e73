"""Putting a backup back. What was there is moved aside, never deleted."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from tenure.config import Config
from tenure.lib.errors import TenureError
from tenure.upkeep.backup import DATABASE, DATABASE_DUMP, INBOX, WAREHOUSE, verify_backup


class CannotRestore(TenureError):
    """The backup cannot be put back; nothing was changed."""


def restore(config: Config, folder: Path, now: datetime) -> Path:
    """Replaces the data with a verified backup; returns the folder to which the old data were moved.

    Needs that no server runs. On PostgreSQL the database is restored with pg_restore; a ClickHouse warehouse is
    filled again by its own backup or from the inbox.
    """
    verify_backup(config, folder)
    aside = config.data / f"replaced-{now.strftime('%Y-%m-%dT%H%M%SZ')}"
    aside.mkdir(parents=True)
    if (folder / DATABASE_DUMP).exists():
        if not config.database_url:
            raise CannotRestore("This backup holds a PostgreSQL database: set TENURE_DATABASE_URL to restore it into.")
        _pg_restore(config, folder / DATABASE_DUMP)
    else:
        _replace(config.sqlite_path, folder / DATABASE, aside)
        _replace(config.inbox_path, folder / INBOX, aside)
    if not config.warehouse_url:
        _replace(config.warehouse_path, folder / WAREHOUSE / config.warehouse_path.name, aside)
    return aside


def _replace(current: Path, kept: Path, aside: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".wal"):
        old = current.with_name(current.name + suffix)
        if old.exists():
            old.rename(aside / old.name)
    if kept.exists():
        shutil.copy2(kept, current)


def _pg_restore(config: Config, dump: Path) -> None:
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={config.database_url}", str(dump)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CannotRestore(f"pg_restore failed: {done.stderr.strip()[-500:]}")
