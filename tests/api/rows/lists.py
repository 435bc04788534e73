"""Rows of tiers, of saved views of the customers list, and of lists as files."""

from typing import Any

from tenure.core.tiers import Cut, Step
from tenure.segments.catalogue import read_catalogue
from tenure.segments.models import Sharing
from tenure.segments.tiers.rule import Draft, change_rule
from tenure.segments.views.saving import archive_view, save_view
from tests.api.row import ADMIN, ALL, OWN, Row
from tests.web.routes.exports import ready_export
from tests.web.routes.world import World

STEPS: list[dict[str, Any]] = [{"tier": "A", "at": 0.2}, {"tier": "B", "at": 0.3}]


def _rule(world: World) -> dict[str, Any]:
    draft = Draft("health.score", Cut.SHARE, [Step(**step) for step in STEPS])
    change_rule(draft, read_catalogue(), actor=world.people["admin"])
    return {}


def _asked_rule(world: World) -> dict[str, Any]:
    return {"by": "health.score", "steps": STEPS}


def _view(world: World, *, deleted: bool = False) -> dict[str, Any]:
    view = save_view("Mine", {"sort": ["name"]}, Sharing.PRIVATE, actor=world.csm())
    if deleted:
        archive_view(view, actor=world.csm())
    return {"id": view.pk}


def _export(world: World) -> dict[str, Any]:
    return {"id": ready_export(world, "csm").pk}


ROWS: dict[str, Row] = {
    "list_tiers": Row(ALL),
    "get_tier_rule": Row(ADMIN, _rule),
    "change_tier_rule": Row(ADMIN, body=_asked_rule),
    "stop_tier_rule": Row(ADMIN, _rule),
    "preview_tier_rule": Row(ADMIN, body=_asked_rule),
    "list_views": Row(ALL),
    "create_view": Row(ALL, body=lambda world: {"name": "New", "query": {"sort": "name"}}),
    "get_view": Row(OWN, _view),
    "update_view": Row(OWN, _view, lambda world: {"name": "Other"}),
    "delete_view": Row(OWN, _view),
    "restore_deleted_view": Row(OWN, lambda world: _view(world, deleted=True)),
    "list_lists": Row(ALL),
    "download_list": Row(ALL, lambda world: {"name": "customers"}),
    "list_exports": Row(ALL),
    "create_export": Row(ALL, body=lambda world: {"list": "contacts", "search": "Ada"}),
    "get_export": Row(OWN, _export),
    "download_export": Row(OWN, _export),
    "delete_export": Row(OWN, _export),
}
