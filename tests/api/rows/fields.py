"""Rows of profile cards and fields."""

from typing import Any

from tenure.accounts.models import Card, Field
from tenure.lib import clock
from tests.api.row import ADMIN, ALL, Row
from tests.web.routes.world import World


def _field(world: World) -> dict[str, Any]:
    return {"id": Field.objects.get(key="tier").pk}


def _card(world: World) -> dict[str, Any]:
    return {"id": Card.objects.get(key="basics").pk}


def _archived_field(world: World) -> dict[str, Any]:
    Field.objects.filter(key="tier").update(archived_at=clock.now())
    return _field(world)


def _archived_card(world: World) -> dict[str, Any]:
    Card.objects.filter(key="basics").update(archived_at=clock.now())
    return _card(world)


def _order(world: World) -> dict[str, Any]:
    return {"cards": [{**_card(world), "field_ids": [_field(world)["id"]]}]}


ROWS: dict[str, Row] = {
    "list_fields": Row(ALL),
    "create_field": Row(ADMIN, body=lambda world: {"card_id": _card(world)["id"], "name": "Industry"}),
    "get_field": Row(ALL, _field),
    "update_field": Row(ADMIN, _field, lambda world: {"name": "Rank"}),
    "archive_field": Row(ADMIN, _field),
    "restore_field": Row(ADMIN, _archived_field),
    "list_cards": Row(ALL),
    "create_card": Row(ADMIN, body=lambda world: {"name": "Delivery", "chinese": "交付"}),
    "rename_card": Row(ADMIN, _card, lambda world: {"name": "First things"}),
    "show_card_for_segment": Row(ADMIN, _card, lambda world: {"segment_id": None}),
    "order_cards": Row(ADMIN, body=_order),
    "archive_card": Row(ADMIN, _card),
    "restore_card": Row(ADMIN, _archived_card),
}
