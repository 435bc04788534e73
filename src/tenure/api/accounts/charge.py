"""Who is in charge of a customer: reading it, putting somebody in charge and taking them off."""

from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from tenure.accounts.access import may_change_charge
from tenure.accounts.assignments.reading import roles_in_use
from tenure.accounts.assignments.verbs import assign, unassign
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, Assignment, AssignmentRole
from tenure.api.asked import Body, Id, Moment, Text, Word
from tenure.api.errors import Refusal, not_found
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission

router = Router(tags=["People in charge"])
WRITES = (Area.ASSIGNMENTS, Access.WRITE, Permission.ASSIGN)
Why = Annotated[Text, Field(max_length=300)]


class TurnShown(Schema):
    """A member is in charge in a role from `since` on; `until` null: until further notice."""

    role: str
    member_id: int
    since: datetime
    until: datetime | None


class PutInCharge(Body):
    role: Annotated[Word, Field(description="The key of a role: see the roles in charge.")]
    member_id: Id
    since: Annotated[Moment | None, Field(description="From when on it counts, not ahead; now when left out.")] = None
    reason: Why = ""


@router.get("/accounts/{id}/assignments", response=list[TurnShown], summary="Read who is in charge of a customer")
@needs(Area.ASSIGNMENTS)
def list_assignments(request: ApiRequest, id: Id, history: bool = False) -> list[TurnShown]:
    """Those in charge now, or with `history` those before, too; in the order in which they began."""
    return _turns(account_of(request, id), history=history)


@router.post("/accounts/{id}/assignments", response={201: list[TurnShown]}, summary="Put somebody in charge")
@needs(*WRITES)
def create_assignment(request: ApiRequest, id: Id, body: PutInCharge) -> Status[list[TurnShown]]:
    """In place of whoever is in charge, where the role allows one at a time. Answers with who is in charge then."""
    account, role = account_of(request, id), _role(body.role)
    member = _member(request, account, role, body.member_id, ends=False)
    assign([account.pk], role, member, request.member, since=body.since, reason=body.reason)
    return Status(201, _turns(account))


@router.delete("/accounts/{id}/assignments/{role}/{member_id}", response=list[TurnShown], summary="Take somebody off")
@needs(*WRITES)
def delete_assignment(request: ApiRequest, id: Id, role: Word, member_id: Id) -> list[TurnShown]:
    """They are not in charge in the role any more, of what was merged into the customer neither."""
    account, found = account_of(request, id), _role(role, path="path.role")
    member = _member(request, account, found, member_id, ends=True)
    turns = Assignment.objects.filter(account__in=members_of(account.pk), role=found, member=member, until=None)
    if not turns.exists():
        raise not_found()
    unassign(members_of(account.pk), found, member, request.member)
    return _turns(account)


def _turns(account: Account, *, history: bool = False) -> list[TurnShown]:
    found = Assignment.objects.filter(account__in=members_of(account.pk)).select_related("role")
    if not history:
        found = found.filter(until=None)
    return [
        TurnShown(role=each.role.key, member_id=each.member_id, since=each.since, until=each.until)
        for each in found.order_by("since", "pk")
    ]


def _role(key: str, path: str = "body.role") -> AssignmentRole:
    role = next((each for each in roles_in_use() if each.key == key), None)
    if role is None:
        raise Refusal(422, _("There is no role “%(key)s”.") % {"key": key}, path=path)
    return role


def _member(request: ApiRequest, account: Account, role: AssignmentRole, key: int, *, ends: bool) -> Member:
    """The member, when whoever asks may begin or end their turn; nobody else is there for them."""
    member = Member.objects.filter(pk=key).first()
    if member is None or not may_change_charge(request.member, account, role, member, ends=ends):
        raise not_found()
    return member
