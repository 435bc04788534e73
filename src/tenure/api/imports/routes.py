"""Imports: a file is sent, its columns are mapped, that checks it, then it is imported, and that can be undone."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from tenure.api.asked import Id, Word
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.imports.shown import (
    ImportShown,
    KindShown,
    Mapping,
    Reading,
    RefusalShown,
    UndoingShown,
    show_import,
    show_kind,
    show_refusal,
    show_undoing,
)
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.imports import verbs
from tenure.imports.access import imports_for
from tenure.imports.kinds.all import KINDS
from tenure.imports.models import FileImport
from tenure.imports.refused import refused_name, take_refused
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission

router = Router(tags=["Imports"])
READS = (Area.IMPORTS, Access.READ, Permission.IMPORT)
WRITES = (Area.IMPORTS, Access.WRITE, Permission.IMPORT)
CSV: Final = {"text/csv": {"schema": {"type": "string"}}}


class Listed(Paged):
    kind: Annotated[Word | None, Field(description="Only files of this kind.")] = None


@router.get("/import-kinds", response=list[KindShown], summary="List the kinds of files")
@needs(*READS)
def list_import_kinds(request: ApiRequest) -> list[KindShown]:
    """What files can hold, and the fields that their columns can be."""
    return [show_kind(each) for each in KINDS.values()]


@router.get("/imports", response=Page[ImportShown], summary="List imports")
@needs(*READS)
def list_imports(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Every file, the latest first."""
    found = imports_for(request.member).select_related("job")
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    return page_of(found, asked, lambda rows: [show_import(verbs.settle(each)) for each in rows], by="-created_at")


@router.post("/imports", response={201: ImportShown}, summary="Send a file")
@needs(*WRITES)
def create_import(request: ApiRequest, kind: Form[Word], file: File[UploadedFile]) -> Status[ImportShown]:
    """Keeps the file, looks at its columns and suggests what they are; nothing is imported yet."""
    made = verbs.upload(kind, file.name or "", file.chunks(), request.member)
    return Status(201, show_import(made))


@router.get("/imports/{id}", response=ImportShown, summary="Read an import")
@needs(*READS, single=True)
def get_import(request: ApiRequest, id: Id) -> ImportShown:
    """The file's state; asked again and again, how far it is."""
    return show_import(verbs.settle(_import(request, id)))


@router.put("/imports/{id}/reading", response=ImportShown, summary="Have a file read in another way")
@needs(*WRITES)
def read_import_anew(request: ApiRequest, id: Id, body: Reading) -> ImportShown:
    """Where its columns are not as they should be. Its mapping is suggested anew."""
    file_import = _import(request, id)
    verbs.read_anew(file_import, body.manner(), request.member)
    return show_import(file_import)


@router.put("/imports/{id}/mapping", response=ImportShown, summary="Map the columns and have the file checked")
@needs(*WRITES)
def map_import(request: ApiRequest, id: Id, body: Mapping) -> ImportShown:
    """Takes the mapping and begins the dry run: the state becomes `checking`, then `checked`."""
    file_import = _import(request, id)
    verbs.map_columns(file_import, body.mapped(), request.member)
    return show_import(file_import)


@router.post("/imports/{id}/run", response=ImportShown, summary="Import a checked file")
@needs(*WRITES)
def start_import(request: ApiRequest, id: Id) -> ImportShown:
    """Begins, or goes on where it was stopped."""
    return _do(request, id, verbs.start)


@router.delete("/imports/{id}/run", response=ImportShown, summary="Stop an import")
@needs(*WRITES)
def stop_import(request: ApiRequest, id: Id) -> ImportShown:
    """Ends what is at work on the file; whole chunks that were written stay."""
    return _do(request, id, verbs.stop)


@router.post("/imports/{id}/undoing", response=ImportShown, summary="Undo an import")
@needs(*WRITES)
def undo_import(request: ApiRequest, id: Id) -> ImportShown:
    """Takes back what the file brought, but for what was changed since; customers whom nothing else names go."""
    return _do(request, id, verbs.undo)


@router.get("/imports/{id}/undoing", response=UndoingShown, summary="Read what undoing does to customers")
@needs(*READS)
def get_import_undoing(request: ApiRequest, id: Id) -> UndoingShown:
    """Before: how many of the customers that the file brought would go with it. Once it is undone: how many went."""
    return show_undoing(_import(request, id))


@router.delete("/imports/{id}", response={204: None}, summary="Throw a file away")
@needs(*WRITES)
def delete_import(request: ApiRequest, id: Id) -> Status[None]:
    """A file of which nothing was imported."""
    verbs.discard(_import(request, id), request.member)
    return Status(204, None)


@router.get("/imports/{id}/refusals", response=Page[RefusalShown], summary="List the refused rows")
@needs(*READS)
def list_refusals(request: ApiRequest, id: Id, asked: Query[Paged]) -> dict[str, Any]:
    """The rows that the dry run refused or, once it began, the import."""
    file_import = _import(request, id)
    found = file_import.refusals.filter(checked=file_import.done_rows == 0)
    return page_of(found, asked, lambda rows: [show_refusal(each) for each in rows])


@router.get(
    "/imports/{id}/refusals.csv",
    summary="Take the refused rows as a file",
    openapi_extra={"responses": {200: {"description": "CSV", "content": CSV}}},
)
@needs(*READS)
def take_refusals(request: ApiRequest, id: Id) -> StreamingHttpResponse:
    """The rows as they stood in the file, and after them their line and what is wrong: to be mended and sent again."""
    file_import = _import(request, id)
    rows = take_refused(file_import, request.member)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = refused_name(file_import)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _do(request: ApiRequest, key: int, verb: Callable[[FileImport, Member], None]) -> ImportShown:
    file_import = _import(request, key)
    verb(file_import, request.member)
    return show_import(file_import)


def _import(request: ApiRequest, key: int) -> FileImport:
    return one(imports_for(request.member).select_related("job").filter(pk=key))
