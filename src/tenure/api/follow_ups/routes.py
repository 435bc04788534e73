"""Follow-ups: listing, reading, logging, editing and removing them."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from tenure.accounts.merging.members import members_of
from tenure.api.asked import Id, Moment
from tenure.api.errors import Refusal
from tenure.api.etags import check_match
from tenure.api.follow_ups.sent import FollowUpChanged, FollowUpLogged
from tenure.api.follow_ups.shown import FollowUpShown, show_follow_up, show_follow_ups, with_parts
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.work.access import follow_ups_for, may_edit, removed_follow_ups_for
from tenure.work.follow_ups import edit_follow_up, log_follow_up, remove_follow_up, restore_follow_up
from tenure.work.models import FollowUp

router = Router(tags=["Follow-ups"])
WRITES = (Area.FOLLOW_UPS, Access.WRITE, Permission.LOG_FOLLOW_UPS)


class Listed(Paged):
    account: Annotated[Id | None, Field(description="Only those with this customer.")] = None
    since: Annotated[Moment | None, Field(description="Only those that happened at this moment or later.")] = None
    until: Annotated[Moment | None, Field(description="Only those that happened before this moment.")] = None
    member: Annotated[Id | None, Field(description="Only those that this member wrote down.")] = None


@router.get("/follow-ups", response=Page[FollowUpShown], summary="List follow-ups")
@needs(Area.FOLLOW_UPS)
def list_follow_ups(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The follow-ups with customers in sight, the latest first."""
    found = follow_ups_for(request.member)
    if asked.account is not None:
        found = found.filter(account__in=members_of(account_of(request, asked.account).pk))
    if asked.since is not None:
        found = found.filter(at__gte=asked.since)
    if asked.until is not None:
        found = found.filter(at__lt=asked.until)
    if asked.member is not None:
        found = found.filter(created_by=asked.member)
    return page_of(with_parts(found), asked, show_follow_ups, by="-at")


@router.post("/follow-ups", response={201: FollowUpShown}, summary="Log a follow-up")
@needs(*WRITES, single=True)
def create_follow_up(request: ApiRequest, body: FollowUpLogged) -> Status[FollowUpShown]:
    """Writes down what happened with a customer, with its people, promises and fields."""
    account = account_of(request, body.account_id)
    made = log_follow_up(account, body.content(), actor=request.member, fields=body.fields)
    return Status(201, show_follow_up(made))


@router.get("/follow-ups/{id}", response=FollowUpShown, summary="Read a follow-up")
@needs(Area.FOLLOW_UPS, single=True)
def get_follow_up(request: ApiRequest, id: Id) -> FollowUpShown:
    """One follow-up."""
    return show_follow_up(follow_up_of(request, id))


@router.patch("/follow-ups/{id}", response=FollowUpShown, summary="Edit a follow-up")
@needs(*WRITES, single=True)
def update_follow_up(request: ApiRequest, id: Id, body: FollowUpChanged) -> FollowUpShown:
    """Writes what is sent; how it read before is kept."""
    follow_up = own(request, follow_up_of(request, id))
    check_match(request, show_follow_up(follow_up))
    return show_follow_up(edit_follow_up(follow_up, body.content(follow_up), actor=request.member))


@router.delete("/follow-ups/{id}", response={204: None}, summary="Remove a follow-up")
@needs(*WRITES)
def delete_follow_up(request: ApiRequest, id: Id) -> Status[None]:
    """Takes it out of sight, with its promises and the fields it set; restoring undoes it."""
    remove_follow_up(own(request, follow_up_of(request, id)), actor=request.member)
    return Status(204, None)


@router.post("/follow-ups/{id}/restoration", response=FollowUpShown, summary="Put a removed follow-up back")
@needs(*WRITES)
def restore_removed_follow_up(request: ApiRequest, id: Id) -> FollowUpShown:
    """Undoes removing, for whoever removed it."""
    follow_up = one(removed_follow_ups_for(request.member).filter(pk=id))
    restore_follow_up(follow_up, actor=request.member)
    return show_follow_up(follow_up)


def follow_up_of(request: ApiRequest, key: int) -> FollowUp:
    """The follow-up, when the member may see it."""
    return one(follow_ups_for(request.member).filter(pk=key))


def own(request: ApiRequest, follow_up: FollowUp) -> FollowUp:
    """The follow-up, when the member may change it; whoever sees it and may not is told so."""
    if not may_edit(request.member, follow_up):
        raise Refusal(403, _("Only who wrote a follow-up down, or a leader, may change it."))
    return follow_up
