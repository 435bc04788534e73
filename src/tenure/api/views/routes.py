"""Saved views: listing, saving, changing, deleting and bringing them back."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from tenure.api.asked import Id
from tenure.api.errors import Refusal
from tenure.api.etags import check_match
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.views.shown import ViewChanged, ViewSent, ViewShown, show_view
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.segments.access import changeable_views, views_for
from tenure.segments.models import Sharing, View
from tenure.segments.views import saving

router = Router(tags=["Saved views"])
WRITES = (Area.SEGMENTS, Access.WRITE, Permission.SAVE_SEGMENTS)


class Listed(Paged):
    mine: Annotated[bool, Field(description="Only the member's own.")] = False
    sharing: Annotated[Sharing | None, Field(description="Only those shared so.")] = None


@router.get("/views", response=Page[ViewShown], summary="List saved views")
@needs(Area.SEGMENTS)
def list_views(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The views in sight: one's own, and those that are shared."""
    found = views_for(request.member).filter(archived_at=None)
    if asked.mine:
        found = found.filter(owner=request.member)
    if asked.sharing is not None:
        found = found.filter(sharing=asked.sharing)
    return page_of(found, asked, lambda rows: [show_view(each) for each in rows])


@router.post("/views", response={201: ViewShown}, summary="Save a view")
@needs(*WRITES, single=True)
def create_view(request: ApiRequest, body: ViewSent) -> Status[ViewShown]:
    """The customers list with a name, private unless it is shared."""
    made = saving.save_view(body.name, body.query.parts(), body.sharing, actor=request.member)
    return Status(201, show_view(made))


@router.get("/views/{id}", response=ViewShown, summary="Read a saved view")
@needs(Area.SEGMENTS, single=True)
def get_view(request: ApiRequest, id: Id) -> ViewShown:
    """One view."""
    return show_view(view_of(request, id))


@router.patch("/views/{id}", response=ViewShown, summary="Change a saved view")
@needs(*WRITES, single=True)
def update_view(request: ApiRequest, id: Id, body: ViewChanged) -> ViewShown:
    """Writes what is sent; the rest stays. What is sent of the query takes the place of all of it."""
    view = _changeable(request, id)
    check_match(request, show_view(view))
    given = body.given()
    if "query" in given:
        given["query"] = body.query.parts()
    return show_view(saving.change_view(view, actor=request.member, **given))


@router.delete("/views/{id}", response={204: None}, summary="Delete a saved view")
@needs(*WRITES)
def delete_view(request: ApiRequest, id: Id) -> Status[None]:
    """Takes it away from everybody who sees it; restoring undoes it."""
    saving.archive_view(_changeable(request, id), actor=request.member)
    return Status(204, None)


@router.post("/views/{id}/restoration", response=ViewShown, summary="Bring a deleted view back")
@needs(*WRITES)
def restore_deleted_view(request: ApiRequest, id: Id) -> ViewShown:
    """Undoes deleting."""
    view = _changeable(request, id, deleted=True)
    saving.restore_view(view, actor=request.member)
    return show_view(view)


def view_of(request: ApiRequest, key: int, *, deleted: bool = False) -> View:
    """The view, when the member may see it."""
    return one(views_for(request.member).filter(pk=key, archived_at__isnull=not deleted))


def _changeable(request: ApiRequest, key: int, *, deleted: bool = False) -> View:
    """Whoever sees it and may not change it is told so; for anybody else it is not there."""
    view = view_of(request, key, deleted=deleted)
    if not changeable_views(request.member).filter(pk=key).exists():
        raise Refusal(403, _("Only its owner may change this view; leaders may, where it is shared."))
    return view
