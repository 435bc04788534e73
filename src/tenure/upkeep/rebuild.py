"""A damaged or lost warehouse is moved aside and made again from the newest backup and the inbox."""

import shutil
from pathlib import Path

import structlog

from tenure.accounts.models import Account
from tenure.config import Config
from tenure.events.inbox.store import Inbox
from tenure.lib import clock
from tenure.upkeep.backup import WAREHOUSE, backups
from tenure.upkeep.models import Notice, NoticeKind
from tenure.warehouse.open import open_store
from tenure.warehouse.store import Store, WarehouseDamaged

log = structlog.get_logger()


def open_or_rebuild(config: Config, inbox: Inbox) -> Store:
    """Opens the warehouse; one that is damaged or gone is rebuilt first."""
    if not config.warehouse_url and not config.warehouse_path.exists() and Account.objects.exists():
        return rebuild(config, inbox, f"{config.warehouse_path} was gone.")
    try:
        return open_store(config)
    except WarehouseDamaged as error:
        if config.warehouse_url:
            raise
        return rebuild(config, inbox, str(error))


def rebuild(config: Config, inbox: Inbox, reason: str) -> Store:
    """Moves the file aside, starts from the newest backup (or from nothing), opens it and leaves a notice.

    The warehouse must be closed. What the backup lacks is still in the inbox after its position: the loader loads it
    like anything that waits, and writes the dimensions when it begins.
    """
    aside = _move_aside(config.warehouse_path)
    store, started_from = _start_from_backup(config)
    log.error("rebuilding the warehouse", reason=reason, moved_to=str(aside), started_from=started_from)
    moved = f"It was moved to {aside} and" if aside else "It was"
    detail = f"{reason} {moved} begun again from {started_from}; the inbox supplies the rest.{_gap(store, inbox)}"
    Notice.objects.create(kind=NoticeKind.WAREHOUSE_REBUILT, detail=detail)
    return store


def _move_aside(path: Path) -> Path | None:
    files = [old for suffix in ("", ".wal") if (old := path.with_name(path.name + suffix)).exists()]
    if not files:
        return None
    aside = path.parent / f"damaged-{clock.now().strftime('%Y-%m-%dT%H%M%S.%fZ')}"
    aside.mkdir()
    for old in files:
        old.rename(aside / old.name)
    return aside


def _start_from_backup(config: Config) -> tuple[Store, str]:
    """Opens the newest backup's copy that can be opened. A full disk raises OSError: better no warehouse than one
    without what only the backup holds.
    """
    path = config.warehouse_path
    incoming = path.with_name(path.name + ".restoring")
    for folder in backups(config):
        kept = folder / WAREHOUSE / path.name
        if not kept.exists():
            continue
        try:
            shutil.copy2(kept, incoming)
            incoming.rename(path)
            return open_store(config), f"backup {folder.name}"
        except WarehouseDamaged as error:
            log.error(
                "a backup of the warehouse is damaged, trying the one before", backup=folder.name, error=str(error)
            )
            path.unlink()
            path.with_name(path.name + ".wal").unlink(missing_ok=True)
        finally:
            incoming.unlink(missing_ok=True)
    return open_store(config), "nothing"


def _gap(store: Store, inbox: Inbox) -> str:
    """Says so when bodies after the warehouse's position have left the inbox: an older backup may hold them."""
    position = store.position()
    waiting = inbox.after(position, 1, 1)
    first = waiting[0].id if waiting else inbox.last_id() + 1
    if first <= position + 1:
        return ""
    return f" The inbox holds no more than the bodies from {first} on: {position + 1} to {first - 1} are missing."
