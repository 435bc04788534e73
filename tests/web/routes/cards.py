"""Routes of profile cards and their settings."""

from typing import Any

from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Card, Fact, Field
from tenure.lib import clock
from tests.web.routes.route import Route, account, ask, read, write
from tests.web.routes.world import OPERATORS, SEES, WORKS, WORKS_ON_IT, World


def _tier() -> Field:
    return Field.objects.get(key="tier")


def _fact(world: World) -> list[Any]:
    set_fields([world.account], {"tier": "A"}, world.csm())
    return [world.account.pk, Fact.objects.latest("pk").pk]


def _change(world: World) -> list[Any]:
    """A change that admin made."""
    activity = set_fields([world.account], {"tier": "A"}, world.people["admin"])
    return [activity.pk] if activity else []


def _card(world: World) -> list[Any]:
    return [Card.objects.get(key="basics").pk]


def _archived(model: type[Card] | type[Field], key: str) -> list[Any]:
    model.objects.filter(key=key).update(archived_at=clock.now())
    return [model.objects.get(key=key).pk]


ROUTES: dict[str, Route] = {
    "cards:part": read(SEES, account),
    "cards:field": write(WORKS_ON_IT, lambda world: [world.account.pk, _tier().pk], lambda world: {"value": "B"}),
    "cards:history": read(SEES, lambda world: [world.account.pk, "tier"]),
    "cards:correct": write(WORKS_ON_IT, _fact, lambda world: {"value": "B", "valid_from": "2026-01-05"}),
    "cards:withdraw": write(WORKS_ON_IT, _fact),
    "cards:bulk": ask(WORKS, data=lambda world: {"account": world.account.pk}),
    "cards:bulk_set": write(
        WORKS_ON_IT, data=lambda world: {"account": world.account.pk, "field": "tier", "value": "B"}
    ),
    "cards:undo": write(frozenset({"admin"}), _change),
    "cards:settings": read(OPERATORS),
    "cards:order": write(OPERATORS, data=lambda world: {"order": "[]"}),
    "cards:new_card": write(OPERATORS, data=lambda world: {"name": "Legal"}),
    "cards:rename_card": write(OPERATORS, _card, lambda world: {"name": "Base"}),
    "cards:show_for": write(OPERATORS, _card),
    "cards:archive_card": write(OPERATORS, _card),
    "cards:restore_card": write(OPERATORS, lambda world: _archived(Card, "basics")),
    "cards:new_field": write(OPERATORS, _card, lambda world: {"name": "Region", "type": "text"}),
    "cards:change_field": write(OPERATORS, lambda world: [_tier().pk], lambda world: {"name": "Rank", "type": "text"}),
    "cards:archive_field": write(OPERATORS, lambda world: [_tier().pk]),
    "cards:restore_field": write(OPERATORS, lambda world: _archived(Field, "tier")),
}
