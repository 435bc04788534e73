from datetime import timedelta

from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import enqueue
from tenure.jobs.worker import run_once
from tests.jobs.conftest import NOW


def test_it_forgets_jobs_done_long_ago_and_keeps_failures_longer(database, handler, later):
    for state, days in [("done", 8), ("done", 6), ("failed", 80), ("stopped", 91)]:
        Job.objects.create(kind="count", state=state, due_at=NOW, ended_at=NOW - timedelta(days=days))
    job = enqueue("prune_jobs")
    run_once("worker")
    job.refresh_from_db()
    assert job.result == {"deleted": 2}
    assert set(Job.objects.filter(kind="count").values_list("state", flat=True)) == {JobState.DONE, JobState.FAILED}
