"""Jobs as programs read them."""

from datetime import datetime

from ninja import Schema

from tenure.jobs.kinds import title_of
from tenure.jobs.models import Job, JobState


class JobShown(Schema):
    """A piece of work. `progress` is the share done, from 0 to 1; `error` is the end of what went wrong."""

    id: int
    kind: str
    title: str
    state: JobState
    progress: float | None
    attempts: int
    error: str
    stopping: bool
    due_at: datetime
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


def show_job(job: Job) -> JobShown:
    return JobShown(
        id=job.pk,
        kind=job.kind,
        title=title_of(job.kind),
        state=JobState(job.state),
        progress=job.done_units / job.total_units if job.total_units else None,
        attempts=job.attempts,
        error=job.error.strip().rpartition("\n")[2],
        stopping=job.state == JobState.RUNNING and job.stop_asked_at is not None,
        due_at=job.due_at,
        created_at=job.created_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )
