"""Routes of customers, the team and one's own settings."""

from typing import Any

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import AssignmentRole, ExclusionChange, User
from tenure.lib import clock
from tests.web.routes.route import Route, account, ask, read, write
from tests.web.routes.world import LEADERS, LEADS_IT, MEMBERS, OPERATORS, SEES, World


def _role(world: World) -> list[Any]:
    return ["analyst"]


def _archived_role(world: World) -> list[Any]:
    AssignmentRole.objects.filter(key="analyst").update(archived_at=clock.now())
    return ["analyst"]


def _change_of(name: str, world: World) -> list[Any]:
    """A change of who is in charge that this person made."""
    role = AssignmentRole.objects.get(key="sales")
    return [assign([world.account.pk], role, world.csm(), world.people[name]).pk]


def _change_of_users(world: World) -> list[Any]:
    """The user was taken out of the counts by admin."""
    now, by = clock.now(), world.people["admin"]
    User.objects.filter(pk=world.user()).update(excluded_at=now, excluded_by=by)
    before = {str(world.user()): [None, None]}
    return [ExclusionChange.objects.create(excluded=True, before=before, created_at=now, created_by=by).pk]


ROUTES: dict[str, Route] = {
    "home": read(None),
    "language": write(None, data=lambda world: {"language": "en"}),
    "search": read(MEMBERS),
    "preferences": read(MEMBERS),
    "theme": write(MEMBERS, data=lambda world: {"theme": "dark"}),
    "customers:list": read(MEMBERS),
    "customers:page": read(SEES, account),
    "customers:drawer": read(SEES, account),
    "customers:key_facts": read(SEES, account),
    "customers:usage": read(SEES, account),
    "customers:features": read(SEES, account),
    "customers:users": read(SEES, account),
    "customers:events": read(SEES, account),
    "customers:records": read(SEES, account),
    "customers:timeline": read(SEES, account),
    "customers:timeline_members": read(MEMBERS),
    "customers:metric": read(SEES, lambda world: [world.account.pk, "breadth"]),
    "customers:in_charge": write(
        LEADS_IT, account, lambda world: {"role": "csm", "member": world.people["other_csm"].pk}
    ),
    "customers:successors": read(LEADS_IT, lambda world: [world.account.pk, "csm"]),
    "customers:count_users": write(OPERATORS, data=lambda world: {"user": world.user(), "verb": "exclude"}),
    "customers:count_users_undo": write(frozenset({"admin"}), _change_of_users),
    "team:list": read(MEMBERS),
    "team:hand_over": read(LEADS_IT, lambda world: [world.csm().pk]),
    "team:hand_over_chosen": ask(LEADERS, data=lambda world: {"account": world.account.pk}),
    "team:undo": write(frozenset({"admin"}), lambda world: _change_of("admin", world)),
    "assignment:roles": read(OPERATORS),
    "assignment:add": write(OPERATORS, data=lambda world: {"name": "Trainer"}),
    "assignment:rename": write(OPERATORS, _role, lambda world: {"name": "Researcher"}),
    "assignment:archive": write(OPERATORS, _role),
    "assignment:restore": write(OPERATORS, _archived_role),
    "assignment:rule": write(OPERATORS, _role, lambda world: {"way": "round_robin", "members": world.csm().pk}),
}
