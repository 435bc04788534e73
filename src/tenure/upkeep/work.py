"""The jobs of this slice: the nightly backup, checking one again, letting go of old bodies and old refused items."""

from datetime import time, timedelta
from shutil import rmtree

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tenure.events.inbox.current import inbox
from tenure.events.quarantine import forget_refused
from tenure.jobs.kinds import register as register_kind
from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.upkeep.backup import BackupDamaged, make_backup, verify_backup
from tenure.upkeep.models import Backup, Notice, NoticeKind
from tenure.upkeep.verbs import BACK_UP, VERIFY
from tenure.warehouse.current import store

KEEP_BACKUPS = 7


def register() -> None:
    register_kind(BACK_UP, back_up, _("Backup"), daily_at=time(3, 0), lease_s=3600)
    register_kind(VERIFY, verify, _("Verify a backup"), lease_s=3600)
    register_kind("prune_inbox", prune_inbox, _("Let go of old event bodies"), daily_at=time(4, 30))
    register_kind("prune_quarantine", prune_quarantine, _("Let go of old refused items"), daily_at=time(4, 40))


def back_up(run: Run) -> dict[str, object]:
    """Makes a verified backup and deletes all but the latest seven."""
    try:
        folder = make_backup(settings.CONFIG, store(), inbox(), clock.now())
    except Exception as error:
        Notice.objects.create(kind=NoticeKind.BACKUP_FAILED, detail=str(error))
        raise
    for old in Backup.objects.order_by("-created_at")[KEEP_BACKUPS:]:
        rmtree(settings.CONFIG.backups_path / old.name, ignore_errors=True)
        old.delete()
    return {"backup": folder.name}


def verify(run: Run) -> dict[str, object]:
    """Checks a backup. One that is not whole is not verified any more, so that no body leaves the inbox for it."""
    name = str(run.payload["backup"])
    kept = Backup.objects.filter(name=name)
    try:
        verify_backup(settings.CONFIG, settings.CONFIG.backups_path / name)
    except BackupDamaged as error:
        kept.update(verified_at=None)
        Notice.objects.get_or_create(kind=NoticeKind.BACKUP_DAMAGED, detail=str(error), dismissed_at=None)
        raise
    kept.update(verified_at=clock.now())
    return {"backup": name}


def prune_inbox(run: Run) -> dict[str, object]:
    """Deletes bodies that are loaded, in a verified backup, and older than TENURE_INBOX_KEEP_DAYS."""
    latest = Backup.objects.exclude(verified_at=None).order_by("-created_at").first()
    if latest is None or not (settings.CONFIG.backups_path / latest.name).exists():
        return {"deleted": 0}
    before = clock.now() - timedelta(days=settings.CONFIG.inbox_keep_days)
    return {"deleted": inbox().prune(min(latest.position, store().position()), int(before.timestamp() * 1e6))}


def prune_quarantine(run: Run) -> dict[str, object]:
    """Deletes refused items older than TENURE_QUARANTINE_DAYS."""
    return {"deleted": forget_refused(clock.now() - timedelta(days=settings.CONFIG.quarantine_days))}
