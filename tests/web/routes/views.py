"""Routes of saved views."""

from typing import Any

from tenure.segments.models import Sharing
from tenure.segments.views.saving import archive_view, save_view
from tests.web.routes.route import Route, read, write
from tests.web.routes.segments import TEAM
from tests.web.routes.world import MEMBERS, WORKS, World


def _view(world: World) -> list[Any]:
    """One of the team's."""
    return [save_view("Team", {"sort": ["name"]}, Sharing.TEAM, actor=world.csm()).pk]


def _deleted(world: World) -> list[Any]:
    view = save_view("Team", {"sort": ["name"]}, Sharing.TEAM, actor=world.csm())
    archive_view(view, actor=world.csm())
    return [view.pk]


CHANGES = TEAM - {"viewer", "other_csm"}

ROUTES: dict[str, Route] = {
    "views:drawer": read(MEMBERS),
    "views:create": write(WORKS, data=lambda world: {"name": "Mine", "query": "sort=name"}),
    "views:update": write(CHANGES, _view, lambda world: {"query": "sort=-score"}),
    "views:rename": write(CHANGES, _view, lambda world: {"name": "Ours", "sharing": "team"}),
    "views:archive": write(CHANGES, _view),
    "views:restore": write(CHANGES, _deleted),
    "views:begin": write(TEAM, _view),
}
