"""Rows of tags."""

from typing import Any

from tenure.segments.tags.managing import Draft, archive_tag, change_tag
from tenure.segments.tags.putting import put_on
from tests.api.row import ADMIN, ALL, OWN, SEES, Row
from tests.web.routes.world import World


def of_tag(world: World) -> dict[str, Any]:
    return {"value": "strategic"}


def _archived(world: World) -> dict[str, Any]:
    archive_tag("strategic", actor=world.people["admin"])
    return of_tag(world)


def _put_on(world: World) -> dict[str, Any]:
    put_on([world.account], ["strategic"], actor=world.csm())
    return of_tag(world)


def _change(world: World) -> dict[str, Any]:
    change = change_tag("strategic", Draft("Key account"), actor=world.people["admin"])
    return {"id": change.pk if change else 0}


def _tagging(world: World) -> dict[str, Any]:
    tagging = put_on([world.account], ["strategic"], actor=world.csm())
    return {"id": tagging.pk if tagging else 0}


def _account(world: World) -> dict[str, Any]:
    return {"account_ids": [world.account.pk]}


ROWS: dict[str, Row] = {
    "list_tags": Row(ALL),
    "create_tag": Row(ADMIN, body=lambda world: {"name": "Pilot", "condition": {"version": 1, "all": []}}),
    "get_tag": Row(ALL, of_tag),
    "update_tag": Row(ADMIN, of_tag, lambda world: {"name": "Key account"}),
    "archive_tag": Row(ADMIN, of_tag),
    "restore_tag": Row(ADMIN, _archived),
    "list_tag_accounts": Row(ALL, of_tag),
    "put_tag_on": Row(SEES, of_tag, _account),
    "take_tag_off": Row(SEES, _put_on, _account),
    "list_tag_history": Row(ALL, _put_on),
    "list_tag_changes": Row(ADMIN),
    "undo_tag_change": Row(ADMIN, _change),
    "list_taggings": Row(ALL),
    "undo_tagging": Row(OWN, _tagging),
}
