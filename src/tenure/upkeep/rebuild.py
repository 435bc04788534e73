"""A damaged or lost warehouse is moved aside and made again from the newest backup and the inbox."""

import shutil
from pathlib import Path

import structlog

from tenure.accounts.models import Account
from tenure.config import Config
from tenure.lib import clock
from tenure.upkeep.backup import WAREHOUSE, latest_backup
from tenure.upkeep.models import Notice, NoticeKind
from tenure.warehouse.open import open_store
from tenure.warehouse.store import Store, WarehouseDamaged

log = structlog.get_logger()


def open_or_rebuild(config: Config) -> Store:
    """Opens the warehouse; one that is damaged or gone is rebuilt first."""
    if not config.warehouse_url and not config.warehouse_path.exists() and Account.objects.exists():
        return rebuild(config, f"{config.warehouse_path} was gone.")
    try:
        return open_store(config)
    except WarehouseDamaged as error:
        if config.warehouse_url:
            raise
        return rebuild(config, str(error))


def rebuild(config: Config, reason: str) -> Store:
    """Moves the file aside, starts from the newest backup (or from nothing), opens it and leaves a notice.

    The warehouse must be closed. What the backup lacks is still in the inbox after its position: the loader loads it
    like anything that waits, and writes the dimensions when it begins.
    """
    aside = _move_aside(config.warehouse_path)
    started_from = _start_from_backup(config)
    log.error("rebuilding the warehouse", reason=reason, moved_to=str(aside), started_from=started_from)
    store = open_store(config)
    detail = f"{reason} It was moved to {aside} and begun again from {started_from}; the inbox supplies the rest."
    Notice.objects.create(kind=NoticeKind.WAREHOUSE_REBUILT, detail=detail)
    return store


def _move_aside(path: Path) -> Path:
    aside = path.parent / f"damaged-{clock.now().strftime('%Y-%m-%dT%H%M%S.%fZ')}"
    aside.mkdir()
    for suffix in ("", ".wal"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(aside / old.name)
    return aside


def _start_from_backup(config: Config) -> str:
    folder = latest_backup(config)
    if folder is None or not (folder / WAREHOUSE / config.warehouse_path.name).exists():
        return "nothing"
    shutil.copy2(folder / WAREHOUSE / config.warehouse_path.name, config.warehouse_path)
    return f"backup {folder.name}"
