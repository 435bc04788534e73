"""Members: listing and reading them, changing what they may do and see, letting them go and taking them back."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from tenure.api.asked import Body, Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.members.departments import department_of
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.people import members
from tenure.people.access import members_for
from tenure.people.models import Access, Area, Member, Role, Scope
from tenure.people.permissions import Permission
from tenure.people.scope import scope_of

router = Router(tags=["Members"])
READS = (Area.MEMBERS, Access.READ, Permission.SEE_MEMBERS)
WRITES = (Area.MEMBERS, Access.WRITE, Permission.MANAGE_MEMBERS)


class TeamMember(Schema):
    """A member. `scope` is whose customers they see: set for them or, where `scope_of_role`, that of their role."""

    id: int
    name: str
    email: str
    role: Role
    scope: Scope
    scope_of_role: bool
    department_id: int | None
    active: bool
    joined_at: datetime
    last_seen_at: datetime | None
    deactivated_at: datetime | None


class Listed(Paged):
    active: Annotated[bool, Field(description="Those with access, or those whose access has ended.")] = True


class RoleSent(Body):
    role: Role


class ScopeSent(Body):
    scope: Annotated[Scope | None, Field(description="null: that of the role.")]


class WorksIn(Body):
    department_id: Id | None


@router.get("/team", response=Page[TeamMember], summary="List members with what they may do")
@needs(*READS)
def list_team(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Who works here, or used to; those who joined first first."""
    found = members_for(request.member).filter(is_active=asked.active)
    return page_of(found, asked, lambda rows: [_show(each) for each in rows])


@router.get("/team/{id}", response=TeamMember, summary="Read a member")
@needs(*READS, single=True)
def get_team_member(request: ApiRequest, id: Id) -> TeamMember:
    """One member, also when their access has ended."""
    return _show(_member(request, id))


@router.put("/team/{id}/role", response=TeamMember, summary="Change a member's role")
@needs(*WRITES)
def change_member_role(request: ApiRequest, id: Id, body: RoleSent) -> TeamMember:
    """Only owners make or change owners; nobody changes their own role."""
    member = _member(request, id)
    members.change_role(member, body.role, request.member)
    return _show(member)


@router.put("/team/{id}/scope", response=TeamMember, summary="Change whose customers a member sees")
@needs(*WRITES)
def change_member_scope(request: ApiRequest, id: Id, body: ScopeSent) -> TeamMember:
    """Nobody changes their own scope."""
    member = _member(request, id)
    members.change_scope(member, body.scope, request.member)
    return _show(member)


@router.put("/team/{id}/department", response=TeamMember, summary="Move a member to a department")
@needs(*WRITES)
def change_member_department(request: ApiRequest, id: Id, body: WorksIn) -> TeamMember:
    """null takes them out of theirs."""
    member = _member(request, id)
    department = department_of(request, body.department_id) if body.department_id else None
    members.change_department(member, department, request.member)
    return _show(member)


@router.delete("/team/{id}/access", response=TeamMember, summary="End a member's access")
@needs(*WRITES)
def deactivate_member(request: ApiRequest, id: Id) -> TeamMember:
    """At once, on every device, and of their tokens. Their customers stay theirs: hand the book over."""
    member = _member(request, id)
    members.deactivate(member, request.member)
    return _show(member)


@router.put("/team/{id}/access", response=TeamMember, summary="Give a member access again")
@needs(*WRITES)
def reactivate_member(request: ApiRequest, id: Id) -> TeamMember:
    """With the password as it was."""
    member = _member(request, id)
    members.reactivate(member, request.member)
    return _show(member)


def _member(request: ApiRequest, key: int) -> Member:
    return one(members_for(request.member).filter(pk=key))


def _show(member: Member) -> TeamMember:
    return TeamMember(
        id=member.pk,
        name=str(member),
        email=member.email,
        role=Role(member.role),
        scope=scope_of(member),
        scope_of_role=not member.scope,
        department_id=member.department_id,
        active=member.is_active,
        joined_at=member.joined_at,
        last_seen_at=member.last_seen_at,
        deactivated_at=member.deactivated_at,
    )
