"""Routes of imports."""

from typing import Any

from tenure.imports.models import FileImport, ImportState
from tenure.imports.verbs import upload
from tenure.jobs.queue import enqueue
from tests.web.routes.route import Route, read, write
from tests.web.routes.world import OPERATORS, World

MAPPING = {"fields": {"account": "account"}, "ignored": [], "orders": {}}


def _file(world: World, **values: Any) -> list[Any]:
    """Uploaded, and brought into a state."""
    made = upload("accounts", "customers.csv", [b"account,plan\nacme,pro\n"], None)
    if values:
        values = {"mapping": MAPPING, "job": enqueue("run_import", {"import": made.pk}), **values}
        FileImport.objects.filter(pk=made.pk).update(**values)
    return [made.pk]


def _checked(world: World) -> list[Any]:
    counts = {"rows": 1, "new": 1, "changed": 0, "same": 0, "refused": 0, "preview": []}
    return _file(world, state=ImportState.CHECKED, checked=counts)


def _running(world: World) -> list[Any]:
    return _file(world, state=ImportState.RUNNING)


def _done(world: World) -> list[Any]:
    return _file(world, state=ImportState.DONE, done_rows=1, new=1)


def _posted(world: World) -> dict[str, Any]:
    return {"to-0": "account", "to-1": "*"}


ROUTES: dict[str, Route] = {
    "imports:list": read(OPERATORS),
    "imports:new": read(OPERATORS),
    "imports:file": read(OPERATORS, _file),
    "imports:progress": read(OPERATORS, _running),
    "imports:refused": read(OPERATORS, _checked),
    "imports:reading": write(OPERATORS, _file, lambda world: {"encoding": "utf-8", "delimiter": ","}),
    "imports:columns": write(OPERATORS, _file, _posted),
    "imports:start": write(OPERATORS, _checked),
    "imports:stop": write(OPERATORS, _running),
    "imports:undo": write(OPERATORS, _done),
    "imports:discard": write(OPERATORS, _file),
}
