"""Does the jobs that are due: claims one by lease, runs its handler, writes how it ended.

At least once: a worker that dies leaves its job running; when the lease is over, another takes it. A handler that
fails is tried again after growing pauses, MOST_ATTEMPTS times in all.
"""

import threading

import structlog

from tenure.jobs.claim import claim, new_worker, release_dead
from tenure.jobs.ending import end, fail, give_back
from tenure.jobs.kinds import kind
from tenure.jobs.models import Job, JobState
from tenure.jobs.run import Interrupted, LeaseLost, Run, Stopped

log = structlog.get_logger()

POLL_S = 1.0


def run(stop: threading.Event) -> None:
    """Works until asked to stop; looks for due jobs about once a second."""
    worker = new_worker()
    release_dead()
    while not stop.is_set():
        if not run_once(worker, stop):
            stop.wait(POLL_S)


def run_once(worker: str, ending: threading.Event | None = None, key: str = "") -> bool:
    """Does the job that is due longest; False when there is none. `ending` set: the job is given back half done.

    With a key, only the job of that key is done.
    """
    job = claim(worker, key)
    if job is None:
        return False
    _do(job, ending or threading.Event())
    return True


def _do(job: Job, ending: threading.Event) -> None:
    of_kind = kind(job.kind)
    try:
        result = of_kind.handle(Run(job, of_kind.lease_s, ending))
    except Stopped:
        end(job, JobState.STOPPED)
    except Interrupted:
        give_back(job)
    except LeaseLost:
        log.warning("job was taken over by another worker", job=job.pk, kind=job.kind)
    except Exception as error:
        log.exception("job failed", job=job.pk, kind=job.kind, attempt=job.attempts)
        fail(job, f"{type(error).__name__}: {error}")
    else:
        end(job, JobState.DONE, result=dict(result or {}))
