"""Routes of segments."""

from typing import Any

from tenure.activity.models import Activity
from tenure.core.conditions.tree import EVERYONE
from tenure.segments.models import Segment, Sharing
from tenure.segments.saving import CHANGED, Draft, archive_segment, change_segment, save_segment
from tests.web.routes.route import Route, ask, read, write
from tests.web.routes.world import MEMBERS, WORKS, World

TEAM = frozenset(
    {"csm", "other_csm", "leader", "viewer", "admin", "owner"}
)  # csm's department, and who sees their book
CONDITION = '{"version":1,"all":[]}'


def _private(world: World) -> list[Any]:
    """One of csm's own."""
    return [save_segment(Draft("Own", EVERYONE), actor=world.csm()).pk]


def _team(world: World) -> list[Any]:
    return [save_segment(Draft("Team", EVERYONE, sharing=Sharing.TEAM), actor=world.csm()).pk]


def _archived(world: World) -> list[Any]:
    """One of the team's."""
    found = _team(world)
    archive_segment(Segment.objects.get(pk=found[0]), actor=world.csm())
    return found


def _changed(world: World) -> list[Any]:
    """A change that admin made of their own."""
    admin = world.people["admin"]
    segment = save_segment(Draft("Mine", EVERYONE), actor=admin)
    change = change_segment(segment, Draft("Ours", EVERYONE), actor=admin)
    assert isinstance(change, Activity) and change.verb == CHANGED.name
    return [segment.pk, change.pk]


ROUTES: dict[str, Route] = {
    "segments:list": read(MEMBERS),
    "segments:create": write(WORKS, data=lambda world: {"name": "New", "condition": CONDITION}),
    "segments:outcome": ask(MEMBERS, data=lambda world: {"condition": CONDITION}),
    "segments:trend": ask(MEMBERS, data=lambda world: {"condition": CONDITION}),
    "segments:filter": read(MEMBERS),
    "segments:segment": read(TEAM, _team),
    "segments:metric": read(TEAM, _team),
    "segments:edit": read(frozenset({"csm"}), _private),
    "segments:archive": write(TEAM - {"viewer", "other_csm"}, _team),
    "segments:restore": write(TEAM - {"viewer", "other_csm"}, _archived),
    "segments:undo": write(frozenset({"admin"}), _changed),
}
