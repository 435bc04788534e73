"""Routes of members, departments, invitations, sessions and the audit log."""

from typing import Any

from tests.web.routes.route import Route, ask, read, write
from tests.web.routes.world import LEADERS, MEMBERS, OPERATORS, OWNERS, World


def _department(verb: str, world: World) -> list[Any]:
    return [world.csm().department_id, verb]


ROUTES: dict[str, Route] = {
    "sessions": read(MEMBERS),
    "people:members": read(LEADERS),
    "people:member": read(LEADERS, lambda world: [world.csm().pk]),
    "people:member_change": write(OPERATORS, lambda world: [world.csm().pk, "role"], lambda world: {"role": "viewer"}),
    # Refused while the owner has no second factor themselves.
    "people:require_second_factor": ask(OWNERS, data=lambda world: {"required": "1"}),
    "people:invite": read(OPERATORS),
    "people:departments": read(LEADERS),
    "people:department_add": write(OPERATORS, data=lambda world: {"name": "North"}),
    "people:department_change": write(
        OPERATORS, lambda world: _department("rename", world), lambda world: {"name": "North"}
    ),
    "audit:log": read(OPERATORS),
}
