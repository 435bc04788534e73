"""Promises: listing them, keeping, reopening and moving them."""

from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from tenure.accounts.merging.members import members_of
from tenure.api.asked import Body, Day, Id
from tenure.api.etags import check_match
from tenure.api.follow_ups.shown import PromiseShown, show_promise
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.work.access import next_steps_for
from tenure.work.models import NextStep
from tenure.work.promises import complete_step, move_step, reopen_step

router = Router(tags=["Promises"])
WRITES = (Area.FOLLOW_UPS, Access.WRITE, Permission.LOG_FOLLOW_UPS)


class Listed(Paged):
    account: Annotated[Id | None, Field(description="Only those made to this customer.")] = None
    owner: Annotated[Id | None, Field(description="Only those this member keeps.")] = None
    open: Annotated[bool | None, Field(description="Only open ones, or only kept ones.")] = None
    due_until: Annotated[Day | None, Field(description="Only those due on this day or before.")] = None


class PromiseMoved(Body):
    due: Day


@router.get("/promises", response=Page[PromiseShown], summary="List promises")
@needs(Area.FOLLOW_UPS)
def list_promises(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """What was promised to customers in sight, the oldest first."""
    found = next_steps_for(request.member)
    if asked.account is not None:
        found = found.filter(account__in=members_of(account_of(request, asked.account).pk))
    if asked.owner is not None:
        found = found.filter(owner=asked.owner)
    if asked.open is not None:
        found = found.filter(done_at__isnull=asked.open)
    if asked.due_until is not None:
        found = found.filter(due__lte=asked.due_until)
    return page_of(found, asked, lambda rows: [show_promise(each) for each in rows])


@router.get("/promises/{id}", response=PromiseShown, summary="Read a promise")
@needs(Area.FOLLOW_UPS, single=True)
def get_promise(request: ApiRequest, id: Id) -> PromiseShown:
    """One promise."""
    return show_promise(_promise(request, id))


@router.patch("/promises/{id}", response=PromiseShown, summary="Move a promise")
@needs(*WRITES, single=True)
def move_promise(request: ApiRequest, id: Id, body: PromiseMoved) -> PromiseShown:
    """It is due on another day."""
    step = _promise(request, id)
    check_match(request, show_promise(step))
    move_step(step, body.due, actor=request.member)
    return show_promise(step)


@router.put("/promises/{id}/completion", response=PromiseShown, summary="Keep a promise")
@needs(*WRITES)
def keep_promise(request: ApiRequest, id: Id) -> PromiseShown:
    """It is done now."""
    step = _promise(request, id)
    complete_step(step, actor=request.member)
    return show_promise(step)


@router.delete("/promises/{id}/completion", response=PromiseShown, summary="Reopen a promise")
@needs(*WRITES)
def reopen_promise(request: ApiRequest, id: Id) -> PromiseShown:
    """It is not done after all."""
    step = _promise(request, id)
    reopen_step(step, actor=request.member)
    return show_promise(step)


def _promise(request: ApiRequest, key: int) -> NextStep:
    return one(next_steps_for(request.member).filter(pk=key))
