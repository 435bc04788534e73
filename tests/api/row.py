"""A row of the table of operations, and the cast it names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.web.routes.world import World

CAST = ("csm", "other_csm", "admin")
ALL = frozenset(CAST)
SEES = ALL - {"other_csm"}  # csm's account
ADMIN = frozenset({"admin"})
OWN = frozenset({"csm"})

Path = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    who: frozenset[str]
    path: Path = lambda world: {}
    body: Callable[[World], Any] = lambda world: None
    told: bool = False  # who reads it is written down


def of_account(world: World) -> dict[str, Any]:
    return {"id": world.account.pk}
