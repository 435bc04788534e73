"""Putting work into the queue, stopping it, and trying it again."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.jobs.kinds import kind as kind_named
from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member

STOPPED = verb("job.stopped", gettext_lazy("{by} stopped the job {subject}"), False)
RETRIED = verb("job.retried", gettext_lazy("{by} had the job {subject} tried again"), False)


class JobNotStoppable(TenureError):
    """The job has ended already."""


class JobNotRetryable(TenureError):
    """Only a job that failed or was stopped can be tried again."""


def enqueue(
    kind: str,
    payload: Mapping[str, object] | None = None,
    key: str = "",
    due: datetime | None = None,
    actor: AbstractBaseUser | None = None,
) -> Job:
    """Writes a job in the caller's transaction and returns it.

    When a job with the same key waits already, that one is returned instead. `due`: not before this time. Raises
    UnknownKind.
    """
    kind_named(kind)
    job = Job(
        kind=kind,
        payload=dict(payload or {}),
        key=key,
        due_at=due or clock.now(),
        created_by_id=actor.pk if actor else None,
    )
    if not key:
        job.save()
        return job
    while True:
        # One statement, so that a key taken at the same moment does not spoil the caller's transaction.
        Job.objects.bulk_create([job], ignore_conflicts=True)
        waiting = Job.objects.filter(key=key, state=JobState.WAITING).first()
        if waiting is not None:  # None: a worker took it between the two statements
            return waiting


def stop(job: Job, actor: AbstractBaseUser) -> None:
    """Stops a waiting job at once and asks a running one to end; raises JobNotStoppable when it has ended."""
    asked = {"stop_asked_at": clock.now(), "stop_asked_by": actor.pk}
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
        stopped = waiting.update(**asked, state=JobState.STOPPED, ended_at=clock.now())
        if not stopped and not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**asked):
            raise JobNotStoppable(_("This job has ended already."))
        record(STOPPED, actor, subject=Subject("job", job.pk, job.kind))


def retry(job: Job, actor: Member) -> Job:
    """A new job that goes on where this failed or stopped one ended. The old row stays.

    Raises JobNotRetryable, or what the kind's `again` does.
    """
    with transaction.atomic():
        job.refresh_from_db()
        if job.state not in (JobState.FAILED, JobState.STOPPED):
            raise JobNotRetryable(_("Only a job that failed or was stopped can be tried again."))
        record(RETRIED, actor, subject=Subject("job", job.pk, job.kind))
        again = kind_named(job.kind).again
        return again(job, actor) if again else enqueue(job.kind, job.payload, job.key, actor=actor)
