"""A run to its end, without a browser: for the command line."""

import time
from collections.abc import Callable

from django.utils.translation import gettext as _

from tenure.integrations.errors import NotNow, SourceFailed
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.runs import ACTIVE, key_of, settle
from tenure.integrations.verbs import run_now
from tenure.jobs.claim import new_worker, release_dead
from tenure.jobs.models import JobState
from tenure.jobs.worker import run_once

_POLL_S = 0.3


def run_at_once(name: str, progress: Callable[[int, int], None]) -> SyncRun:
    """Runs the sync here, or waits for the worker that has it; one that a killed command left goes on.

    Raises NotNow for a sync that is not there or not mapped, and SourceFailed when the run is to be tried again later.
    """
    sync = Sync.objects.filter(name=name).first()
    if sync is None:
        known = ", ".join(Sync.objects.order_by("name").values_list("name", flat=True)) or "–"
        raise NotNow(_("There is no sync “%(name)s”. Those there are: %(known)s.") % {"name": name, "known": known})
    run = run_now(sync, None)
    release_dead()
    worker = new_worker()
    while run.state in ACTIVE:
        if not run_once(worker, key=key_of(sync)):
            time.sleep(_POLL_S)
        settle(sync)
        run.refresh_from_db()
        job = run.job
        if job is None or run.state not in ACTIVE:
            continue
        if job.state == JobState.WAITING and job.error:
            raise SourceFailed(job.error)
        progress(job.done_units, max(job.total_units, 1))
    return run
