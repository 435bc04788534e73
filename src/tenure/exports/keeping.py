"""Letting go of files: when they are old, and when a person is erased, for nobody knows in which file they are."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from tenure.exports.models import Export, ExportState


def forget_old(before: datetime) -> int:
    """Deletes files asked for before this moment, and what lies in their folder without a row; returns how many."""
    old = Export.objects.filter(asked_at__lt=before)
    for export in old:
        export.path.unlink(missing_ok=True)
    count, _ = old.delete()
    _sweep_folder()
    return count


def let_go_of_all() -> None:
    """When a person is erased: every file goes, and those being made are not finished."""
    Export.objects.exclude(state=ExportState.GONE).update(state=ExportState.GONE)
    transaction.on_commit(_sweep_folder)


def _sweep_folder() -> None:
    """Deletes whatever belongs to no row that is ready or being made: of a database put back, of a worker that died."""
    folder = settings.CONFIG.exports_path
    there = Export.objects.filter(state__in=(ExportState.MAKING, ExportState.DONE)).values_list("pk", flat=True)
    kept = {str(pk) for pk in there}
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if path.stem not in kept:
            path.unlink(missing_ok=True)
