"""Routes of exports."""

from typing import Any

from tenure.exports.models import Export, ExportState
from tenure.lib import clock
from tests.web.routes.route import Route, read, write
from tests.web.routes.world import WORKS, World


def ready_export(world: World, name: str = "admin") -> Export:
    """A file that is ready for one of the cast, and for nobody else."""
    made = Export.objects.create(
        listing="customers",
        format="csv",
        language="en",
        member=world.people[name],
        state=ExportState.DONE,
        total=1,
        asked_at=clock.now(),
    )
    made.path.parent.mkdir(parents=True, exist_ok=True)
    made.path.write_bytes(b"Customer\r\n")
    return made


def _key(world: World) -> list[Any]:
    return [ready_export(world).pk]


ROUTES: dict[str, Route] = {
    "exports:list": read(WORKS),
    "exports:file": read(frozenset({"admin"}), _key),
    "exports:make": write(WORKS, lambda world: ["customers"], lambda world: {"format": "xlsx"}),
    "exports:remove": write(WORKS, data=lambda world: {"export": ready_export(world).pk}),
}
