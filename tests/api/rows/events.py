"""Rows of the event catalogue."""

from typing import Any

from tenure.events.models import CatalogueChange, EventType, Feature
from tenure.lib import clock
from tests.api.row import ADMIN, Row
from tests.web.routes.world import World


def _event(world: World) -> dict[str, Any]:
    return {"id": EventType.objects.order_by("pk")[0].pk}


def _feature(world: World) -> dict[str, Any]:
    return {"id": Feature.objects.create(name="Reports of all kinds").pk}


def _change(world: World) -> dict[str, Any]:
    """A change that admin made."""
    field, admin = CatalogueChange.Field.CLASS, world.people["admin"]
    return {
        "id": CatalogueChange.objects.create(field=field, to=2, before={}, created_at=clock.now(), created_by=admin).pk
    }


ROWS: dict[str, Row] = {
    "list_events": Row(ADMIN),
    "get_event": Row(ADMIN, _event),
    "list_catalogue_changes": Row(ADMIN),
    "create_catalogue_change": Row(
        ADMIN, body=lambda world: {"event_ids": [_event(world)["id"]], "meaning": "ignored"}
    ),
    "undo_catalogue_change": Row(ADMIN, _change),
    "list_features": Row(ADMIN),
    "rename_feature": Row(ADMIN, _feature, lambda world: {"name": "Reporting"}),
    "delete_feature": Row(ADMIN, _feature),
}
