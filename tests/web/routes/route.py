"""A row of the table of routes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.web.routes.world import World

Args = Callable[[World], list[Any]]
Data = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """`who` may use it; None is open to everybody, signed in or not. `data` is what is posted; without it, it is read.

    `one_activity` False: it asks only, and posts because of what it is told.
    """

    who: frozenset[str] | None
    args: Args
    data: Data | None = None
    one_activity: bool = True


def nothing(world: World) -> list[Any]:
    return []


def account(world: World) -> list[Any]:
    """The account of csm."""
    return [world.account.pk]


def read(who: frozenset[str] | None, args: Args = nothing) -> Route:
    return Route(who, args)


def write(who: frozenset[str] | None, args: Args = nothing, data: Data = lambda world: {}) -> Route:
    return Route(who, args, data)


def ask(who: frozenset[str] | None, args: Args = nothing, data: Data = lambda world: {}) -> Route:
    return Route(who, args, data, one_activity=False)
