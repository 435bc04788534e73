"""Routes of syncs."""

from typing import Any

from tenure.imports.columns import Mapped
from tenure.integrations.models import Sync
from tenure.integrations.runs import begin
from tenure.lib import clock
from tests.web.routes.route import Route, read, write
from tests.web.routes.world import OPERATORS, World

MAPPING = Mapped({"account": "account"}).as_json()
COLUMN = {"name": "account", "holds": "text", "order": None, "unsure": False, "samples": ["acme"]}


def new_sync() -> Sync:
    """Mapped and enabled; its folder is open to nobody."""
    made = {"name": "CRM", "integration": "folder", "kind": "accounts", "settings": {"folder": "x", "files": "*"}}
    more = {"columns": [COLUMN], "mapping": MAPPING, "enabled": True, "created_at": clock.now()}
    return Sync.objects.create(**made, **more)


def _sync(world: World) -> list[Any]:
    return [new_sync().pk]


def _running(world: World) -> list[Any]:
    made = _sync(world)
    begin(Sync.objects.get(pk=made[0]), None)
    return made


def _run(world: World) -> list[Any]:
    made = _sync(world)
    return [begin(Sync.objects.get(pk=made[0]), None).pk]


ROUTES: dict[str, Route] = {
    "sync:list": read(OPERATORS),
    "sync:choose": read(OPERATORS),
    "sync:new": read(OPERATORS, lambda world: ["folder"]),
    "sync:one": read(OPERATORS, _sync),
    "sync:progress": read(OPERATORS, _running),
    "sync:run_detail": read(OPERATORS, _run),
    "sync:edit": read(OPERATORS, _sync),
    "sync:columns": write(OPERATORS, _sync, lambda world: {"to-0": "account"}),
    "sync:run": write(OPERATORS, _sync),
    "sync:anew": write(OPERATORS, _sync),
    "sync:stop": write(OPERATORS, _running),
    "sync:pause": write(OPERATORS, _sync),
    "sync:resume": write(OPERATORS, _sync),
    "sync:delete": write(OPERATORS, _sync),
}
