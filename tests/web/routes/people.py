"""Routes of members, departments, invitations, sessions and the audit log."""

from typing import Any

from tenure.lib import clock
from tenure.people import sessions
from tenure.people.invitations import invite
from tenure.people.models import Access, Area, Invitation, Role
from tenure.people.tokens import make_token
from tests.web.routes.route import Route, ask, read, write
from tests.web.routes.world import LEADERS, MEMBERS, OPERATORS, OWNERS, WORKS, World


def _department(verb: str, world: World) -> list[Any]:
    return [world.csm().department_id, verb]


def _invitation(world: World) -> int:
    owner = world.people["owner"]
    found = Invitation.objects.first() or invite("eve@tenure.example", role=Role.CSM, actor=owner)
    return found.pk


def _session(world: World) -> int:
    return sessions.begin(world.people["admin"], sessions.Visit("key", "10.0.0.1", "Firefox"), clock.now()).pk


def _token(world: World) -> int:
    """One of the admin's own; who manages members may revoke everybody's."""
    admin = world.people["admin"]
    return make_token(admin, "Robot", {Area.ACCOUNTS: Access.READ}, days=1, actor=admin)[0].pk


ROUTES: dict[str, Route] = {
    "sessions": read(MEMBERS),
    "session_end": write(frozenset({"admin"}), lambda world: [_session(world)]),
    "sessions_end_others": write(MEMBERS),
    "people:members": read(LEADERS),
    "people:member": read(LEADERS, lambda world: [world.csm().pk]),
    "people:member_change": write(OPERATORS, lambda world: [world.csm().pk, "role"], lambda world: {"role": "viewer"}),
    # Refused while the owner has no second factor themselves.
    "people:require_second_factor": ask(OWNERS, data=lambda world: {"required": "1"}),
    "people:invite": read(OPERATORS),
    "people:invitation": read(OPERATORS, lambda world: [_invitation(world)]),
    "people:invitation_change": write(OPERATORS, lambda world: [_invitation(world), "resend"]),
    "people:departments": read(LEADERS),
    "people:department_add": write(OPERATORS, data=lambda world: {"name": "North"}),
    "people:department_change": write(
        OPERATORS, lambda world: _department("rename", world), lambda world: {"name": "North"}
    ),
    "openapi": read(None),
    "api_reference": read(MEMBERS),
    "tokens:list": read(WORKS),
    "tokens:new": read(WORKS),
    "tokens:revoke": write(frozenset({"admin", "owner"}), lambda world: [_token(world)]),
    "audit:log": read(OPERATORS),
}
