"""Backups, made and verified by jobs; and notices of what happened by itself."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.api.asked import Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.jobs.shown import JobShown, show_job
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.upkeep import verbs
from tenure.upkeep.access import backups_for, notices_for
from tenure.upkeep.models import Backup, Notice, NoticeKind

router = Router(tags=["Backups and notices"])
READS = (Area.JOBS, Access.READ, Permission.MANAGE_JOBS)
WRITES = (Area.JOBS, Access.WRITE, Permission.MANAGE_JOBS)


class BackupShown(Schema):
    """A folder under `backups/` of the data folder. `verified_at` is when it was last found whole; null: it is not."""

    id: int
    name: str
    bytes: int
    created_at: datetime
    verified_at: datetime | None


class NoticeShown(Schema):
    """Something that happened by itself and that operators must know."""

    id: int
    kind: NoticeKind
    title: str
    detail: str
    created_at: datetime
    read_at: datetime | None
    read_by_id: int | None


class Listed(Paged):
    read: Annotated[bool, Field(description="Those that somebody has read instead of those that nobody has.")] = False


@router.get("/backups", response=Page[BackupShown], summary="List backups")
@needs(*READS)
def list_backups(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """The latest first. The nightly one keeps seven."""
    return page_of(backups_for(request.member), asked, lambda rows: [_backup(each) for each in rows], by="-created_at")


@router.post("/backups", response={201: JobShown}, summary="Back everything up")
@needs(*WRITES)
def create_backup(request: ApiRequest) -> Status[JobShown]:
    """Answers with the job that makes and verifies it; asked for again while it waits, it is the same."""
    return Status(201, show_job(verbs.ask_for_backup(actor=request.member)))


@router.get("/backups/{id}", response=BackupShown, summary="Read a backup")
@needs(*READS, single=True)
def get_backup(request: ApiRequest, id: Id) -> BackupShown:
    """One backup."""
    return _backup(one(backups_for(request.member).filter(pk=id)))


@router.post("/backups/{id}/verifications", response={201: JobShown}, summary="Have a backup verified again")
@needs(*WRITES)
def verify_backup(request: ApiRequest, id: Id) -> Status[JobShown]:
    """Answers with the job that checks every part of it; it fails, and a notice says why, when one is not whole."""
    backup = one(backups_for(request.member).filter(pk=id))
    return Status(201, show_job(verbs.ask_to_verify(backup, actor=request.member)))


@router.get("/notices", response=Page[NoticeShown], summary="List notices")
@needs(*READS)
def list_notices(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The latest first."""
    found = notices_for(request.member).filter(dismissed_at__isnull=not asked.read)
    return page_of(found, asked, lambda rows: [_notice(each) for each in rows], by="-created_at")


@router.put("/notices/{id}/reading", response=NoticeShown, summary="Say that a notice was read")
@needs(*WRITES)
def read_notice(request: ApiRequest, id: Id) -> NoticeShown:
    """Takes it off everybody's screen; who read it first is kept."""
    notice = one(notices_for(request.member).filter(pk=id))
    verbs.dismiss(notice, actor=request.member)
    notice.refresh_from_db()
    return _notice(notice)


def _backup(backup: Backup) -> BackupShown:
    return BackupShown(
        id=backup.pk,
        name=backup.name,
        bytes=backup.bytes,
        created_at=backup.created_at,
        verified_at=backup.verified_at,
    )


def _notice(notice: Notice) -> NoticeShown:
    return NoticeShown(
        id=notice.pk,
        kind=NoticeKind(notice.kind),
        title=notice.get_kind_display(),
        detail=notice.detail,
        created_at=notice.created_at,
        read_at=notice.dismissed_at,
        read_by_id=notice.dismissed_by_id,
    )
