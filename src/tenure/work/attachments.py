"""Files that belong to follow-ups."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _

from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.work.files import file_path, keep_file, sniff
from tenure.work.models import Attachment, FollowUp

if TYPE_CHECKING:
    Upload = UploadedFile[Any]
else:
    Upload = UploadedFile

MOST_FILES = 10  # of one follow-up at once
_SNIFFED = 4096


class BadFile(TenureError):
    """A file cannot be attached; the message names it and says why."""


def attach(files: Sequence[Upload], follow_up: FollowUp, *, actor: Member, now: datetime) -> list[Attachment]:
    """Keeps the files, in the caller's transaction. Raises BadFile before anything is kept.

    A content whose transaction is rolled back stays behind unnamed: it is the same file when it is sent again.
    """
    most = settings.CONFIG.attachment_mb * 2**20
    if len(files) > MOST_FILES:
        raise BadFile(_("More than %(most)d files at once cannot be attached.") % {"most": MOST_FILES})
    for file in files:
        if (file.size or 0) > most:
            raise BadFile(
                _("%(name)s is larger than %(most)d MB, the most here. Nothing was saved.")
                % {"name": file_name(file.name), "most": settings.CONFIG.attachment_mb}
            )
    return [_keep(file, follow_up, actor, now) for file in files]


def content_path(attachment: Attachment) -> Path:
    """Where its content is."""
    return file_path(settings.CONFIG.files_path, attachment.sha256)


def download(attachment: Attachment) -> FileResponse:
    """Its content as a download: never shown by a browser as a page of ours. Raises FileNotFoundError."""
    content = content_path(attachment).open("rb")
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def file_name(name: str | None) -> str:
    """The last part of a name, without what a file system or a header could stumble over."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:200].strip() or _("file")


def _keep(file: Upload, follow_up: FollowUp, actor: Member, now: datetime) -> Attachment:
    name, start = file_name(file.name), bytearray()

    def chunks() -> Iterator[bytes]:
        for chunk in file.chunks():
            if len(start) < _SNIFFED:
                start.extend(chunk[: _SNIFFED - len(start)])
            yield chunk

    sha256, size = keep_file(settings.CONFIG.files_path, chunks())
    return Attachment.objects.create(
        follow_up=follow_up,
        name=name,
        sha256=sha256,
        bytes=size,
        media_type=sniff(name, bytes(start)),
        created_at=now,
        created_by=actor,
    )
