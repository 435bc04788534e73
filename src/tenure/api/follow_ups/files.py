"""Files of follow-ups: listing, attaching, taking and removing them."""

from datetime import datetime
from typing import Any, Final

from django.http.response import HttpResponseBase
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from tenure.api.asked import Id
from tenure.api.errors import not_found
from tenure.api.follow_ups.routes import WRITES, follow_up_of, own
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Area
from tenure.work.access import attachments_for
from tenure.work.attachments import download
from tenure.work.follow_ups import add_files, remove_file
from tenure.work.models import Attachment

router = Router(tags=["Follow-ups"])
_BYTES: Final[dict[str, Any]] = {
    "responses": {
        200: {
            "description": "The file",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class FileShown(Schema):
    """A file that belongs to a follow-up; its type is told by what is in it."""

    id: int
    follow_up_id: int
    name: str
    bytes: int
    media_type: str
    created_by: int | None
    created_at: datetime


@router.get("/follow-ups/{id}/files", response=list[FileShown], summary="List the files of a follow-up")
@needs(Area.FOLLOW_UPS)
def list_follow_up_files(request: ApiRequest, id: Id) -> list[FileShown]:
    """In the order in which they were attached."""
    return [_show(each) for each in follow_up_of(request, id).attachments.order_by("pk")]


@router.post("/follow-ups/{id}/files", response={201: FileShown}, summary="Attach a file to a follow-up")
@needs(*WRITES)
def attach_follow_up_file(request: ApiRequest, id: Id, file: File[UploadedFile]) -> Status[FileShown]:
    """Of at most TENURE_ATTACHMENT_MB, by whoever may edit the follow-up."""
    (made,) = add_files(own(request, follow_up_of(request, id)), [file], actor=request.member)
    return Status(201, _show(made))


@router.get("/follow-up-files/{id}", summary="Take a file of a follow-up", openapi_extra=_BYTES)
@needs(Area.FOLLOW_UPS)
def download_follow_up_file(request: ApiRequest, id: Id) -> HttpResponseBase:
    """As it was attached; its real type is with the list."""
    try:
        response = download(_file(request, id))
    except FileNotFoundError:
        raise not_found() from None
    response["Content-Type"] = "application/octet-stream"
    return response


@router.delete("/follow-up-files/{id}", response={204: None}, summary="Remove a file of a follow-up")
@needs(*WRITES)
def remove_follow_up_file(request: ApiRequest, id: Id) -> Status[None]:
    """For good, by whoever may edit the follow-up."""
    file = _file(request, id)
    own(request, file.follow_up)
    remove_file(file, actor=request.member)
    return Status(204, None)


def _file(request: ApiRequest, key: int) -> Attachment:
    return one(attachments_for(request.member).filter(pk=key).select_related("follow_up__type"))


def _show(file: Attachment) -> FileShown:
    return FileShown(
        id=file.pk,
        follow_up_id=file.follow_up_id,
        name=file.name,
        bytes=file.bytes,
        media_type=file.media_type,
        created_by=file.created_by_id,
        created_at=file.created_at,
    )
