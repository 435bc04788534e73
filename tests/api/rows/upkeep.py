"""Rows of backups and notices."""

from typing import Any

from tenure.lib import clock
from tenure.upkeep.models import Backup, Notice, NoticeKind
from tests.api.row import ADMIN, Row
from tests.web.routes.world import World


def _backup(world: World) -> dict[str, Any]:
    now = clock.now()
    made = Backup.objects.create(name="2026-11-21T030000Z", position=1, bytes=1, created_at=now, verified_at=now)
    return {"id": made.pk}


def _notice(world: World) -> dict[str, Any]:
    return {"id": Notice.objects.create(kind=NoticeKind.BACKUP_FAILED, detail="No room").pk}


ROWS: dict[str, Row] = {
    "list_backups": Row(ADMIN),
    "create_backup": Row(ADMIN),
    "get_backup": Row(ADMIN, _backup),
    "verify_backup": Row(ADMIN, _backup),
    "list_notices": Row(ADMIN),
    "read_notice": Row(ADMIN, _notice),
}
