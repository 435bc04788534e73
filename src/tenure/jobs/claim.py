"""How a worker gets a job: by a lease in the row."""

import itertools
import os
import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from tenure.jobs.ending import MOST_ATTEMPTS, end
from tenure.jobs.kinds import kind, kinds
from tenure.jobs.models import Job, JobState
from tenure.lib import clock

_HOST = os.uname().nodename
_PROCESS = uuid.uuid4().hex[:12]  # tells this process from an earlier one that had the same number
_numbers = itertools.count(1)


def new_worker() -> str:
    """A name unique among all workers: host:process number:process:thread."""
    return f"{_HOST}:{os.getpid()}:{_PROCESS}:{next(_numbers)}"


def claim(worker: str, key: str = "") -> Job | None:
    """Takes the job that is due longest, for as long as its kind's lease; None when there is none.

    Due are waiting jobs and running ones whose lease is over. Two jobs of the same key never run at once. With a key,
    only the job of that key is taken.
    """
    while _due(clock.now(), key).exists():  # no write lock on SQLite while there is nothing to do
        try:
            with transaction.atomic():  # IMMEDIATE on SQLite: nobody else claims meanwhile
                job = _lock(_due(clock.now(), key)).first()
                if job is None:
                    return None
                if _may_run(job):
                    return _take(job, worker)
        except IntegrityError:  # PostgreSQL: another worker took a job of the same key at this moment
            return None
    return None


def release_dead() -> int:
    """Ends the leases of workers of this host whose process is gone, so that a restart need not wait for them.

    Two hosts of the same name sharing a database would end each other's leases: the work is done twice then, and
    harmlessly so, for handlers are idempotent and the worker that lost its job notices.
    """
    released = 0
    for job in Job.objects.filter(state=JobState.RUNNING, worker__startswith=f"{_HOST}:"):
        _, number, process, _ = job.worker.rsplit(":", 3)
        if process != _PROCESS and (int(number) == os.getpid() or not _alive(int(number))):
            mine = Job.objects.filter(pk=job.pk, worker=job.worker, state=JobState.RUNNING)
            released += mine.update(leased_until=clock.now() - timedelta(seconds=1))
    return released


def _due(now: datetime, key: str) -> QuerySet[Job]:
    waiting = Q(state=JobState.WAITING, due_at__lte=now)
    forsaken = Q(state=JobState.RUNNING, leased_until__lt=now)
    busy = Job.objects.filter(state=JobState.RUNNING).exclude(key="").values("key")
    due = Job.objects.filter(forsaken | (waiting & ~Q(key__in=busy)), kind__in=[each.name for each in kinds()])
    if key:
        due = due.filter(key=key)
    return due.order_by("state", "due_at", "id")  # "running" comes before "waiting"


def _lock(jobs: QuerySet[Job]) -> QuerySet[Job]:
    return jobs.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else jobs


def _may_run(job: Job) -> bool:
    """False when a forsaken job was to be stopped, or has been tried often enough: it is ended here."""
    if job.state == JobState.RUNNING and job.stop_asked_at is not None:
        end(job, JobState.STOPPED)
        return False
    if job.attempts >= MOST_ATTEMPTS:
        end(job, JobState.FAILED, error=f"The worker died in the middle of it, {job.attempts} times.")
        return False
    return True


def _take(job: Job, worker: str) -> Job:
    now = clock.now()
    job.state = JobState.RUNNING
    job.worker = worker
    job.attempts += 1
    job.started_at = job.started_at or now
    job.leased_until = now + timedelta(seconds=kind(job.kind).lease_s)
    job.save(update_fields=["state", "worker", "attempts", "started_at", "leased_until"])
    return job


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
