"""Lists as files: which there are, a short one at once, and files that a job makes."""

from typing import Any, Final

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from tenure.api.asked import Id, Word
from tenure.api.errors import Refusal, not_found
from tenure.api.exports.areas import areas_of
from tenure.api.exports.shown import AskedList, ExportSent, ExportShown, ListShown, show_export
from tenure.api.found import one
from tenure.api.guarding import check_scope, needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.views.routes import view_of
from tenure.api.within import segment_of
from tenure.exports import verbs
from tenure.exports.access import exports_for
from tenure.exports.asked import Asked
from tenure.exports.file import CONTENT_TYPES
from tenure.exports.models import Export, ExportState
from tenure.exports.sending import send, send_kept
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission, allows
from tenure.ui.listing import Listed, Listing, listings

router = Router(tags=["Exports"])
READS = (Area.EXPORTS, Access.READ, Permission.EXPORT)
WRITES = (Area.EXPORTS, Access.WRITE, Permission.EXPORT)
_FILE: Final[dict[str, Any]] = {
    "responses": {
        200: {
            "description": "The file",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in CONTENT_TYPES.values()},
        }
    }
}


@router.get("/lists", response=list[ListShown], summary="List what can be exported")
@needs(*READS)
def list_lists(request: ApiRequest) -> list[ListShown]:
    """The lists that the member may see, within the token's scopes."""
    return [
        ListShown(name=each.name, title=str(each.title))
        for each in listings().values()
        if allows(request.member, each.permission)
        and all(request.token.allows(area, Access.READ) for area in areas_of(each.name))
    ]


@router.get("/lists/{name}/file", summary="Take a short list", openapi_extra=_FILE)
@needs(*READS)
def download_list(request: ApiRequest, name: Word, asked: Query[AskedList]) -> HttpResponseBase:
    """All its rows as a file, up to 10,000; ask for a longer one to be made."""
    listing = _listing(request, name)
    listed = _read(request, listing, asked)
    if listed.total > verbs.AT_ONCE:
        said = _("The list has %(rows)s rows. Ask for it to be made (POST /exports), or narrow it.")
        raise Refusal(422, said % {"rows": listed.total}, code="too_much")
    return send(listing, listed, asked.format, request.member)


@router.get("/exports", response=Page[ExportShown], summary="List exports")
@needs(*READS)
def list_exports(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """The member's own files, the latest first."""
    found = exports_for(request.member).select_related("job")
    return page_of(found, asked, lambda rows: [show_export(verbs.settle(each)) for each in rows], by="-asked_at")


@router.post("/exports", response={201: ExportShown}, summary="Have a list made as a file")
@needs(*WRITES)
def create_export(request: ApiRequest, body: ExportSent) -> Status[ExportShown]:
    """By a job, however long the list is. Asked for again while it is made, it is the same file."""
    listing = _listing(request, body.list)
    made = verbs.ask(listing, _read(request, listing, body), body.format, request.member)
    return Status(201, show_export(made))


@router.get("/exports/{id}", response=ExportShown, summary="Read an export")
@needs(*READS, single=True)
def get_export(request: ApiRequest, id: Id) -> ExportShown:
    """The file's state; asked again and again, how far it is."""
    return show_export(_export(request, id))


@router.get("/exports/{id}/file", summary="Take an export", openapi_extra=_FILE)
@needs(*READS)
def download_export(request: ApiRequest, id: Id) -> HttpResponseBase:
    """The file, once it is done; 409 while it is being made or when it failed."""
    export = _export(request, id)
    _check_areas(request, export.listing)
    if export.standing in (ExportState.MAKING, ExportState.FAILED):
        raise Refusal(409, export.error or _("The file is not ready: %(state)s.") % {"state": export.standing.label})
    return send_kept(export, request.member)


@router.delete("/exports/{id}", response={204: None}, summary="Throw an export away")
@needs(*WRITES)
def delete_export(request: ApiRequest, id: Id) -> Status[None]:
    """For good; one that is being made is not made."""
    verbs.remove([_export(request, id)], request.member)
    return Status(204, None)


def _listing(request: ApiRequest, name: str) -> Listing:
    """The list, when the token's scopes and its member's role let it be taken."""
    listing = listings().get(name)
    if listing is None:
        raise not_found()
    _check_areas(request, name)
    if not allows(request.member, listing.permission):
        raise Refusal(403, _("The role of %(name)s does not allow this.") % {"name": request.member})
    return listing


def _check_areas(request: ApiRequest, name: str) -> None:
    for area in sorted(areas_of(name)):
        check_scope(request.token, area)


def _read(request: ApiRequest, listing: Listing, asked: AskedList) -> Listed:
    """What is asked for; a segment or a view out of sight is not there."""
    return Asked(
        day=asked.day,
        segment=None if asked.segment is None else segment_of(request, asked.segment).pk,
        condition=asked.condition,
        search=asked.search,
        sort=asked.sort,
        columns=asked.columns,
        view=None if asked.view is None else view_of(request, asked.view).query,
        where=dict(each.split("=", 1) for each in asked.where),
    ).read(listing, request.member)


def _export(request: ApiRequest, key: int) -> Export:
    export = one(exports_for(request.member).select_related("job").filter(pk=key))
    return verbs.settle(export)
