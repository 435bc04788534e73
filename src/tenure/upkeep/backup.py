"""Backups: a folder with the warehouse, the operational database and the inbox, and a manifest that proves it whole.

The warehouse is copied first and the others after it, so that every id it names exists in them, and every body it
has not loaded yet is in the inbox: restoring and loading on from there loses nothing.
"""

import dataclasses
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

import tenure
from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.config import Config
from tenure.events.inbox.store import Inbox
from tenure.lib.errors import TenureError
from tenure.upkeep.models import Backup
from tenure.upkeep.postgres import ClientFailed, run_client
from tenure.warehouse.open import open_store
from tenure.warehouse.store import Store, WarehouseDamaged

MADE = verb("backup.made", gettext_lazy("{by} made the backup {name}"), False)

MANIFEST = "manifest.json"
DATABASE = "tenure.sqlite3"
DATABASE_DUMP = "tenure.pgdump"
INBOX = "inbox.sqlite3"
WAREHOUSE = "warehouse"
FILES = "files"


class BackupFailed(TenureError):
    """The backup could not be made; nothing of it is kept."""


class BackupDamaged(TenureError):
    """The backup is not whole; the message names the part."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `files`: path in the backup -> {"bytes", "sha256"}.

    The warehouse holds every body up to inbox id `position`, and on DuckDB exactly `events` events.
    """

    created_at: str
    version: str
    position: int
    events: int
    files: dict[str, dict[str, Any]]


def make_backup(config: Config, store: Store, inbox: Inbox, now: datetime) -> Path:
    """Writes, verifies and records a backup; returns its folder. Reads and writes go on meanwhile.

    Raises BackupFailed, or what the store or the inbox raise; then nothing of it is kept.
    """
    name = now.strftime("%Y-%m-%dT%H%M%SZ")
    folder = config.backups_path / name
    scratch = config.backups_path / f".{name}.part"
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        (scratch / WAREHOUSE).mkdir(parents=True)
        before = store.position(), store.totals().events  # at least so much is in the copy
        store.backup(scratch / WAREHOUSE)
        position, events = _read_copy(config, scratch) or before
        _copy_database(config, scratch)
        _copy_files(config, scratch)  # after the database: every file that it names is there
        if not config.database_url:
            inbox.backup(str(scratch / INBOX))
        manifest = Manifest(now.isoformat(), tenure.__version__, position, events, _sums(scratch))
        (scratch / MANIFEST).write_text(json.dumps({**asdict(manifest), "sha256": _seal(manifest)}, indent=1))
        verify_backup(config, scratch)
        _sync(scratch)
        scratch.rename(folder)
    except (OSError, sqlite3.Error, ClientFailed) as error:
        raise BackupFailed(f"No backup was made: {error} Is there room in {config.backups_path}?") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    size = sum(part["bytes"] for part in manifest.files.values())
    with transaction.atomic():
        Backup.objects.create(name=name, position=position, bytes=size, created_at=now, verified_at=now)
        record(MADE, None, detail={"name": name, "bytes": size})
    return folder


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup folder; raises BackupDamaged."""
    try:
        kept = json.loads((folder / MANIFEST).read_text())
        seal = kept.pop("sha256")
        manifest = Manifest(**kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupDamaged(f"{folder} is no backup: its {MANIFEST} cannot be read ({error}).") from error
    if _seal(manifest) != seal:
        raise BackupDamaged(f"{folder / MANIFEST} is not what was written. Use another backup.")
    return manifest


def verify_backup(config: Config, folder: Path) -> Manifest:
    """Checks every file's size and checksum, the databases' own integrity, and that the warehouse opens and holds what
    it should; raises BackupDamaged.
    """
    manifest = read_manifest(folder)
    try:
        found = _sums(folder)
    except OSError as error:
        raise BackupDamaged(f"{folder} cannot be read: {error}. Use another backup.") from error
    for name, expected in manifest.files.items():
        if found.get(name) != expected:
            raise BackupDamaged(f"{folder / name} is missing or not what was backed up. Use another backup.")
    for name in (DATABASE, INBOX):
        if (folder / name).exists() and not _sound(folder / name):
            raise BackupDamaged(f"{folder / name} is damaged. Use another backup.")
    held = _read_copy(config, folder)
    if held is not None and held != (manifest.position, manifest.events):
        raise BackupDamaged(f"{folder / WAREHOUSE} does not hold what was backed up. Use another backup.")
    return manifest


def backups(config: Config) -> Iterator[Path]:
    """The backups in the folder that have a manifest, newest first, by their names."""
    for folder in sorted(config.backups_path.glob("[0-9]*"), reverse=True):
        try:
            read_manifest(folder)
        except BackupDamaged:
            continue
        yield folder


def latest_backup(config: Config) -> Path | None:
    """The newest of them."""
    return next(backups(config), None)


def _seal(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(asdict(manifest), sort_keys=True).encode()).hexdigest()


def _sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            return bool(database.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _read_copy(config: Config, folder: Path) -> tuple[int, int] | None:
    """(position, events) of a backup's warehouse file, read from a copy of it; None when the backup has none."""
    kept = folder / WAREHOUSE / config.warehouse_path.name
    if config.warehouse_url or not kept.exists():
        return None
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        shutil.copy2(kept, Path(scratch) / kept.name)
        try:
            store = open_store(dataclasses.replace(config, data=Path(scratch)))
        except WarehouseDamaged as error:
            raise BackupDamaged(f"{kept} cannot be opened: {error} Use another backup.") from error
        try:
            return store.position(), store.totals().events
        finally:
            store.close()


def _copy_database(config: Config, scratch: Path) -> None:
    if config.database_url:
        run_client(config.database_url, "pg_dump", "--format=custom", f"--file={scratch / DATABASE_DUMP}")
        return
    with (
        closing(sqlite3.connect(config.sqlite_path)) as source,
        closing(sqlite3.connect(scratch / DATABASE)) as target,
    ):
        source.backup(target)


def _copy_files(config: Config, scratch: Path) -> None:
    """The attachments; a file still being written is nobody's yet."""
    if config.files_path.exists():
        shutil.copytree(config.files_path, scratch / FILES, ignore=shutil.ignore_patterns(".part-*"))


def _sums(folder: Path) -> dict[str, dict[str, Any]]:
    sums = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            if path.name == MANIFEST and path.parent == folder:
                continue
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            sums[str(path.relative_to(folder))] = {"bytes": path.stat().st_size, "sha256": digest}
    return sums


def _sync(folder: Path) -> None:
    """Waits until it is all on the disk: bodies may leave the inbox because of this backup."""
    for root, _, names in os.walk(folder):
        for path in (Path(root), *(Path(root) / name for name in names)):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
