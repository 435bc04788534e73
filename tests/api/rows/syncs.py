"""Rows of syncs."""

from typing import Any

from tenure.integrations.models import Sync
from tenure.integrations.runs import begin
from tests.api.row import ADMIN, Row
from tests.web.routes.sync import new_sync
from tests.web.routes.world import World


def _sync(world: World) -> dict[str, Any]:
    return {"id": new_sync().pk}


def _running(world: World) -> dict[str, Any]:
    sync = new_sync()
    begin(sync, None)
    return {"id": sync.pk}


def _run(world: World) -> dict[str, Any]:
    return {"id": begin(Sync.objects.get(pk=_sync(world)["id"]), None).pk}


def _new(world: World) -> dict[str, Any]:
    return {"name": "ERP", "integration": "folder", "kind": "accounts", "settings": {"folder": "x"}}


ROWS: dict[str, Row] = {
    "list_syncs": Row(ADMIN),
    "list_integrations": Row(ADMIN),
    "preview_sync": Row(ADMIN, body=_new),
    "create_sync": Row(ADMIN, body=_new),
    "update_sync": Row(ADMIN, _sync, lambda world: {"name": "ERP", "daily_at": "06:30"}),
    "get_sync_columns": Row(ADMIN, _sync),
    "map_sync": Row(ADMIN, _sync, lambda world: {"fields": {"account": "account"}}),
    "get_sync": Row(ADMIN, _sync),
    "delete_sync": Row(ADMIN, _sync),
    "list_sync_runs": Row(ADMIN, _running),
    "start_sync": Row(ADMIN, _sync, lambda world: {"anew": True}),
    "stop_sync": Row(ADMIN, _running),
    "pause_sync": Row(ADMIN, _sync),
    "resume_sync": Row(ADMIN, _sync),
    "get_sync_run": Row(ADMIN, _run),
}
