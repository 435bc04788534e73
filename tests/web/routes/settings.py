"""Routes of the settings that operators see to."""

from typing import Any

from tenure.events.models import CatalogueChange, QuarantinedItem
from tenure.events.reasons import Reason
from tenure.health.models import Metric
from tenure.lib import clock
from tenure.upkeep.models import Backup, Notice
from tests.web.routes.route import Route, ask, read, write
from tests.web.routes.world import MEMBERS, OPERATORS, World


def _source(world: World) -> list[Any]:
    return [world.source().pk]


def _catalogue_change(world: World) -> list[Any]:
    by = world.people["admin"]
    made = CatalogueChange.objects.create(field="class", to=1, before={}, created_at=clock.now(), created_by=by)
    return [made.pk]


def _refused(world: World) -> list[Any]:
    return [QuarantinedItem.objects.create(reason=next(iter(Reason)), wire_format="native", received_at=clock.now()).pk]


def _own_metric(world: World, *, retired: bool = False) -> list[Any]:
    spec = Metric.objects.get(key="active_users_7").spec
    at = clock.now() if retired else None
    Metric.objects.create(key="own", name="Own", spec=spec, unit="users", retired_at=at)
    return ["own"]


def _backup(world: World) -> list[Any]:
    return [Backup.objects.create(name="2026-11-21T030000Z", position=1, bytes=1, created_at=clock.now()).pk]


ROUTES: dict[str, Route] = {
    "events:sources": read(OPERATORS),
    "events:source_create": write(OPERATORS, data=lambda world: {"name": "Shop"}),
    "events:source": read(OPERATORS, _source),
    "events:source_live": read(OPERATORS, _source),
    "events:source_change": write(
        OPERATORS, lambda world: [world.source().pk, "rename"], lambda world: {"name": "Another"}
    ),
    "events:catalogue": read(OPERATORS),
    "events:event": read(OPERATORS, lambda world: [1]),
    "events:mark": write(OPERATORS, data=lambda world: {"event": 1, "class": "1"}),
    "events:catalogue_undo": write(frozenset({"admin"}), _catalogue_change),
    "events:features": read(OPERATORS),
    "events:feature_change": write(OPERATORS, data=lambda world: {"feature": 1, "verb": "rename", "name": "Other"}),
    "events:quarantine": read(OPERATORS),
    "events:quarantined": read(OPERATORS, _refused),
    "metrics:list": read(MEMBERS),
    "metrics:create": read(OPERATORS),
    "metrics:edit": read(OPERATORS, _own_metric),
    "metrics:fields": ask(OPERATORS),
    "metrics:preview": ask(OPERATORS),
    "metrics:progress": read(OPERATORS),
    "metrics:metric": read(MEMBERS, lambda world: ["breadth"]),
    "metrics:archive": write(OPERATORS, _own_metric),
    "metrics:restore": write(OPERATORS, lambda world: _own_metric(world, retired=True)),
    "jobs:jobs": read(OPERATORS),
    "jobs:job": read(OPERATORS, lambda world: [world.job().pk]),
    "jobs:job_change": write(OPERATORS, lambda world: [world.job().pk, "stop"]),
    "upkeep:system": read(OPERATORS),
    "upkeep:back_up_now": write(OPERATORS),
    "upkeep:verify": write(OPERATORS, _backup),
    "upkeep:dismiss": write(OPERATORS, lambda world: [Notice.objects.create(kind="warehouse_replaced").pk]),
}
