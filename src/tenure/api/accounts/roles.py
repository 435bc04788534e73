"""Roles in charge: listing, adding, naming and archiving them, and who gets new customers in each."""

from datetime import datetime
from typing import Annotated

from ninja import Router, Schema, Status
from pydantic import Field

from tenure.accounts.access import successors_for
from tenure.accounts.assignments import roles
from tenure.accounts.assignments.new_accounts import end_rule, set_rule
from tenure.accounts.assignments.reading import roles_in_use
from tenure.accounts.models import AssignmentRole, AssignmentRule, Way
from tenure.api.asked import Body, Id, Text, Word
from tenure.api.found import all_of, one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["People in charge"])
READS = (Area.ASSIGNMENTS, Access.READ, Permission.MANAGE_ASSIGNMENT)
WRITES = (Area.ASSIGNMENTS, Access.WRITE, Permission.MANAGE_ASSIGNMENT)
Name = Annotated[Text, Field(min_length=1, max_length=60)]
Chinese = Annotated[Text, Field(max_length=60, description="The name in Chinese.")]


class RoleShown(Schema):
    """What a member can be in charge as. `several`: more than one at a time. An archived one is not used any more."""

    key: str
    name: str
    several: bool
    archived_at: datetime | None


class RoleAdded(Body):
    name: Name
    chinese: Chinese = ""
    several: Annotated[bool, Field(description="Any number of members at a time; else one.")] = False


class RoleNamed(Body):
    name: Name
    chinese: Chinese = ""


class RuleSent(Body):
    """New customers are dealt out among these members, in this way."""

    way: Way
    member_ids: Annotated[list[Id], Field(min_length=1, max_length=200)]


class RuleShown(Schema):
    """Customers that come from `since` on get one of these members; it was so for `dealt` of them."""

    role: str
    way: Way
    member_ids: list[int]
    since: datetime
    dealt: int


@router.get("/roles", response=list[RoleShown], summary="List the roles in charge")
@needs(Area.ASSIGNMENTS)
def list_roles(request: ApiRequest, archived: bool = False) -> list[RoleShown]:
    """The roles in use, or those that are archived, in their order."""
    return [_show(each) for each in (AssignmentRole.objects.exclude(archived_at=None) if archived else roles_in_use())]


@router.post("/roles", response={201: RoleShown}, summary="Add a role in charge")
@needs(*WRITES)
def create_role(request: ApiRequest, body: RoleAdded) -> Status[RoleShown]:
    """The last one."""
    return Status(201, _show(roles.add_role(body.name, body.chinese, request.member, several=body.several)))


@router.put("/roles/{key}/name", response=RoleShown, summary="Name a role in charge")
@needs(*WRITES)
def rename_role(request: ApiRequest, key: Word, body: RoleNamed) -> RoleShown:
    """Its key stays."""
    role = _role(key)
    roles.rename_role(role, body.name, body.chinese, request.member)
    return _show(role)


@router.put("/roles/{key}/archive", response=RoleShown, summary="Archive a role in charge")
@needs(*WRITES)
def archive_role(request: ApiRequest, key: Word) -> RoleShown:
    """Nobody is put in charge in it any more; who was stays known. Not the last one."""
    role = _role(key)
    roles.archive_role(role, request.member)
    return _show(role)


@router.delete("/roles/{key}/archive", response=RoleShown, summary="Bring a role in charge back")
@needs(*WRITES)
def restore_role(request: ApiRequest, key: Word) -> RoleShown:
    """It is used again."""
    role = _role(key, archived=True)
    roles.restore_role(role, request.member)
    return _show(role)


@router.get("/roles/{key}/rule", response=RuleShown, summary="Read who gets new customers")
@needs(*READS, single=True)
def get_assignment_rule(request: ApiRequest, key: Word) -> RuleShown:
    """The role's rule; 404 where new customers wait until somebody puts a member in charge."""
    return _show_rule(_rule(_role(key)))


@router.put("/roles/{key}/rule", response=RuleShown, summary="Say who gets new customers")
@needs(*WRITES)
def set_assignment_rule(request: ApiRequest, key: Word, body: RuleSent) -> RuleShown:
    """Customers that come from now on get one of the members; it takes the place of the role's rule."""
    role = _role(key)
    members = all_of(successors_for(request.member).order_by("pk"), body.member_ids)
    return _show_rule(set_rule(role, body.way, members, request.member))


@router.delete("/roles/{key}/rule", response={204: None}, summary="Let new customers wait")
@needs(*WRITES)
def end_assignment_rule(request: ApiRequest, key: Word) -> Status[None]:
    """Until somebody puts a member in charge."""
    role = _role(key)
    _rule(role)
    end_rule(role, request.member)
    return Status(204, None)


def _role(key: str, *, archived: bool = False) -> AssignmentRole:
    return one(AssignmentRole.objects.filter(key=key, archived_at__isnull=not archived))


def _rule(role: AssignmentRole) -> AssignmentRule:
    return one(AssignmentRule.objects.filter(role=role))


def _show(role: AssignmentRole) -> RoleShown:
    return RoleShown(key=role.key, name=str(role), several=role.several, archived_at=role.archived_at)


def _show_rule(rule: AssignmentRule) -> RuleShown:
    members = list(rule.members.order_by("pk").values_list("pk", flat=True))
    return RuleShown(role=rule.role.key, way=Way(rule.way), member_ids=members, since=rule.since, dealt=rule.dealt)
