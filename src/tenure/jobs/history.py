"""Ended jobs are kept for a while, to be looked at."""

from datetime import timedelta

from tenure.jobs.models import Job, JobState
from tenure.jobs.run import Run
from tenure.lib import clock

KEEP_DONE = timedelta(days=7)
KEEP_OTHERS = timedelta(days=90)  # failed and stopped ones


def prune_jobs(run: Run) -> dict[str, object]:
    """Deletes jobs that ended long ago."""
    now = clock.now()
    done, _ = Job.objects.filter(state=JobState.DONE, ended_at__lt=now - KEEP_DONE).delete()
    others, _ = Job.objects.filter(ended_at__lt=now - KEEP_OTHERS).delete()
    return {"deleted": done + others}
