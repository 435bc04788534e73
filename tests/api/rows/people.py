"""Rows of the team: members, invitations, hand-overs; of the audit log, and of personal data."""

from typing import Any

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import AssignmentChange
from tenure.lib import clock
from tenure.people.departments import add_department
from tenure.people.invitations import invite
from tenure.people.models import Role
from tests.api.row import ADMIN, Row
from tests.web.routes.world import World


def _csm(world: World) -> dict[str, Any]:
    return {"id": world.csm().pk}


def _gone(world: World) -> dict[str, Any]:
    return {"id": world.people["deactivated"].pk}


def _invitation(world: World) -> dict[str, Any]:
    return {"id": invite("new@example.com", role=Role.CSM, actor=world.people["admin"]).pk}


def _department(world: World) -> dict[str, Any]:
    return {"id": world.csm().department_id}


def _hand_over(world: World) -> dict[str, Any]:
    return {"member_id": world.csm().pk, "to": [world.people["other_csm"].pk]}


def _change(world: World) -> dict[str, Any]:
    """A decision of admin's."""
    now, admin = clock.now(), world.people["admin"]
    return {"id": AssignmentChange.objects.create(by=admin, at=now, recorded_at=now).pk}


def _user(world: World) -> dict[str, Any]:
    return {"id": world.user()}


def _contact(world: World) -> dict[str, Any]:
    return {"id": add_contact(world.account, Details("Ada Lovelace"), None).pk}


ROWS: dict[str, Row] = {
    "list_team": Row(ADMIN),
    "get_team_member": Row(ADMIN, _csm),
    "change_member_role": Row(ADMIN, _csm, lambda world: {"role": "leader"}),
    "change_member_scope": Row(ADMIN, _csm, lambda world: {"scope": "team"}),
    "change_member_department": Row(ADMIN, _csm, lambda world: {"department_id": None}),
    "deactivate_member": Row(ADMIN, _csm),
    "reactivate_member": Row(ADMIN, _gone),
    "list_departments": Row(ADMIN),
    "create_department": Row(ADMIN, body=lambda world: {"name": "West"}),
    "rename_department": Row(ADMIN, _department, lambda world: {"name": "West"}),
    "place_department": Row(ADMIN, _department, lambda world: {"parent_id": None}),
    "archive_department": Row(ADMIN, lambda world: {"id": add_department("West", None, None).pk}),
    "list_invitations": Row(ADMIN),
    "create_invitation": Row(ADMIN, body=lambda world: {"email": "new@example.com", "role": "csm"}),
    "resend_invitation": Row(ADMIN, _invitation),
    "revoke_invitation": Row(ADMIN, _invitation),
    "plan_hand_over": Row(ADMIN, body=_hand_over),
    "create_hand_over": Row(ADMIN, body=_hand_over),
    "list_assignment_changes": Row(ADMIN),
    "undo_assignment_change": Row(ADMIN, _change),
    "list_audit_log": Row(ADMIN),
    "take_user_data": Row(ADMIN, _user, told=True),
    "take_contact_data": Row(ADMIN, _contact, told=True),
    "erase_user_data": Row(ADMIN, _user, lambda world: {}),
    "erase_contact_data": Row(ADMIN, _contact, lambda world: {}),
}
