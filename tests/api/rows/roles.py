"""Rows of the roles in charge and of who gets new customers."""

from typing import Any

from tenure.accounts.assignments.new_accounts import set_rule
from tenure.accounts.models import AssignmentRole, Way
from tenure.lib import clock
from tests.api.row import ADMIN, ALL, Row
from tests.web.routes.world import World


def _role(world: World) -> dict[str, Any]:
    return {"key": "analyst"}


def _archived(world: World) -> dict[str, Any]:
    AssignmentRole.objects.filter(key="analyst").update(archived_at=clock.now())
    return {"key": "analyst"}


def _ruled(world: World) -> dict[str, Any]:
    set_rule(AssignmentRole.objects.get(key="analyst"), Way.ROUND_ROBIN, [world.csm()], world.people["admin"])
    return {"key": "analyst"}


ROWS: dict[str, Row] = {
    "list_roles": Row(ALL),
    "create_role": Row(ADMIN, body=lambda world: {"name": "Trainer"}),
    "rename_role": Row(ADMIN, _role, lambda world: {"name": "Researcher"}),
    "archive_role": Row(ADMIN, _role),
    "restore_role": Row(ADMIN, _archived),
    "get_assignment_rule": Row(ADMIN, _ruled),
    "set_assignment_rule": Row(ADMIN, _role, lambda world: {"way": "least_accounts", "member_ids": [world.csm().pk]}),
    "end_assignment_rule": Row(ADMIN, _ruled),
}
