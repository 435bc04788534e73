"""Routes of tags."""

from typing import Any

from tenure.segments.tags.managing import Draft, add_tag, archive_tag, change_tag
from tenure.segments.tags.putting import put_on
from tests.web.routes.route import Route, account, read, write
from tests.web.routes.world import LEADERS, MEMBERS, SEES, WORKS, WORKS_ON_IT, World


def _changed(world: World) -> list[Any]:
    """A change that admin made."""
    admin = world.people["admin"]
    tag = add_tag(Draft("New"), actor=admin)
    change = change_tag(tag.value, Draft("Newer"), actor=admin)
    return [change.pk] if change else []


def _archived(world: World) -> list[Any]:
    archive_tag("strategic", actor=world.people["admin"])
    return ["strategic"]


def _put_on(world: World) -> list[Any]:
    """What admin put on."""
    activity = put_on([world.account], ["strategic"], actor=world.people["admin"])
    return [activity.pk] if activity else []


ROUTES: dict[str, Route] = {
    "tags:list": read(MEMBERS),
    "tags:create": write(LEADERS, data=lambda world: {"name": "Pilot", "tone": "2"}),
    "tags:edit": write(LEADERS, lambda world: ["strategic"], lambda world: {"name": "Key account"}),
    "tags:undo_change": write(frozenset({"admin"}), _changed),
    "tags:archive": write(LEADERS, lambda world: ["strategic"]),
    "tags:restore": write(LEADERS, _archived),
    "tags:part": read(SEES, account),
    "tags:change": write(WORKS_ON_IT, account, lambda world: {"on": "strategic"}),
    "tags:change_many": write(
        WORKS, data=lambda world: {"account": world.account.pk, "name": "Strategic", "next": "/customers/"}
    ),
    "tags:undo": write(frozenset({"admin"}), _put_on),
}
