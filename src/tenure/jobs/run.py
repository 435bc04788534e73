"""One job in the hands of a worker: what its handler may ask and tell."""

import threading
import time
from collections.abc import Mapping
from datetime import timedelta

from tenure.jobs.models import Job, JobState
from tenure.lib import clock


class Stopped(Exception):
    """Somebody asked the job to stop. Let it pass through the handler."""


class Interrupted(Exception):
    """The process is ending; the job goes back into the queue. Let it pass through the handler."""


class LeaseLost(Exception):
    """The worker was silent for too long and another has the job now. Let it pass through the handler."""


class Run:
    """A claimed job. `payload` is what was enqueued, or what an earlier try remembered."""

    #: Progress is written at most this often; a handler may tell it as often as it likes.
    WRITE_EVERY_S = 0.5

    def __init__(self, job: Job, lease_s: int, ending: threading.Event) -> None:
        self.job = job
        self.payload: Mapping[str, object] = job.payload
        self._mine = Job.objects.filter(
            pk=job.pk, worker=job.worker, state=JobState.RUNNING, attempts=job.attempts
        )  # not after another worker took it over
        self._lease = timedelta(seconds=lease_s)
        self._ending = ending
        self._written = time.monotonic()

    def progress(self, done: int, total: int) -> None:
        """Says how far the job is and renews the lease; raises Stopped, Interrupted or LeaseLost."""
        if time.monotonic() - self._written >= self.WRITE_EVERY_S or done >= total or self._ending.is_set():
            self._write(done_units=done, total_units=total)

    def remember(self, payload: Mapping[str, object]) -> None:
        """Keeps what is left to do, so that the next try goes on from here; renews the lease; raises like progress."""
        self.payload = payload
        self._write(payload=dict(payload))

    def _write(self, **values: object) -> None:
        if not self._mine.update(leased_until=clock.now() + self._lease, **values):
            raise LeaseLost(f"Job {self.job.pk} was taken over by another worker.")
        self._written = time.monotonic()
        if self._mine.filter(stop_asked_at__isnull=False).exists():
            raise Stopped
        if self._ending.is_set():
            raise Interrupted
