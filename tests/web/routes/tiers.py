"""Routes of the rule for tiers."""

from typing import Any

from tenure.core.tiers import Cut, Step
from tenure.segments.catalogue import read_catalogue
from tenure.segments.tiers.rule import Draft, change_rule
from tests.web.routes.route import Route, ask, write
from tests.web.routes.world import OPERATORS, World

TYPED = {"by": "health.score", "cut": "share", "at-A": "20", "at-B": "30"}


def _rule(world: World) -> list[Any]:
    draft = Draft("health.score", Cut.SHARE, [Step("A", 0.2), Step("B", 0.3)])
    change_rule(draft, read_catalogue(), actor=world.people["admin"])
    return []


ROUTES: dict[str, Route] = {
    "tiers:index": write(OPERATORS, data=lambda world: TYPED),
    "tiers:preview": ask(OPERATORS, data=lambda world: TYPED),
    "tiers:stop": write(OPERATORS, _rule),
}
