"""Jobs: listing and reading them, stopping them, and having them tried again."""

from typing import Annotated, Any

from ninja import Query, Router, Status
from pydantic import Field

from tenure.api.asked import Id, Word
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.jobs.shown import JobShown, show_job
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.jobs import queue
from tenure.jobs.access import jobs_for
from tenure.jobs.models import Job, JobState
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Jobs"])
READS = (Area.JOBS, Access.READ, Permission.MANAGE_JOBS)
WRITES = (Area.JOBS, Access.WRITE, Permission.MANAGE_JOBS)


class Listed(Paged):
    state: Annotated[JobState | None, Field(description="Only jobs in this state.")] = None
    kind: Annotated[Word | None, Field(description="Only jobs of this kind.")] = None


@router.get("/jobs", response=Page[JobShown], summary="List jobs")
@needs(*READS)
def list_jobs(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The latest asked for first."""
    found = jobs_for(request.member)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    return page_of(found, asked, lambda rows: [show_job(each) for each in rows], by="-created_at")


@router.get("/jobs/{id}", response=JobShown, summary="Read a job")
@needs(*READS, single=True)
def get_job(request: ApiRequest, id: Id) -> JobShown:
    """Asked again and again, how far it is."""
    return show_job(_job(request, id))


@router.post("/jobs/{id}/stopping", response=JobShown, summary="Stop a job")
@needs(*WRITES)
def stop_job(request: ApiRequest, id: Id) -> JobShown:
    """One that waits ends at once, one that runs as soon as it can."""
    queue.stop(_job(request, id), actor=request.member)
    return show_job(_job(request, id))


@router.post("/jobs/{id}/retries", response={201: JobShown}, summary="Have a job tried again")
@needs(*WRITES)
def retry_job(request: ApiRequest, id: Id) -> Status[JobShown]:
    """One that failed or was stopped. Answers with the new job, which goes on where that one ended."""
    return Status(201, show_job(queue.retry(_job(request, id), actor=request.member)))


def _job(request: ApiRequest, key: int) -> Job:
    return one(jobs_for(request.member).filter(pk=key))
