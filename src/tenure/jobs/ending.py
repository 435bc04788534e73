"""How a job ends, or goes back into the queue. Writes are conditional: a worker that lost its job changes nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tenure.jobs.models import Job, JobState
from tenure.lib import clock

MOST_ATTEMPTS = 5
LONGEST_ERROR = 2000


def end(job: Job, state: JobState, *, result: Mapping[str, object] | None = None, error: str = "") -> None:
    """Done, stopped or failed."""
    _write(
        job,
        state=state,
        result=None if result is None else dict(result),
        error=error[:LONGEST_ERROR],
        ended_at=clock.now(),
        leased_until=None,
    )


def fail(job: Job, error: str) -> None:
    """Failed this time: again after a pause, or for good after MOST_ATTEMPTS."""
    if job.attempts >= MOST_ATTEMPTS:
        end(job, JobState.FAILED, error=error)
    else:
        _wait(job, clock.now() + pause_after(job.attempts), error=error[:LONGEST_ERROR])


def give_back(job: Job) -> None:
    """Waits again at once, as if this try had not been."""
    _wait(job, clock.now(), attempts=job.attempts - 1)


def pause_after(attempts: int) -> timedelta:
    """The pause after so many failed tries: 10 s, 1 min, 6 min, 36 min."""
    return timedelta(seconds=10 * 6 ** (attempts - 1))


def _wait(job: Job, due_at: datetime, **values: object) -> None:
    while True:
        try:
            with transaction.atomic():
                if job.key:  # one of the same key enqueued meanwhile: the one that was begun does its work
                    Job.objects.filter(key=job.key, state=JobState.WAITING).delete()
                _write(job, state=JobState.WAITING, due_at=due_at, leased_until=None, **values)
            return
        except IntegrityError:  # PostgreSQL: enqueued between the two statements
            continue


def _write(job: Job, **values: object) -> None:
    Job.objects.filter(pk=job.pk, worker=job.worker, state=job.state, attempts=job.attempts).update(**values)
