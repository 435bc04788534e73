"""The jobs of syncs. A run that dies is done again and ends in the same state."""

from collections.abc import Mapping
from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from tenure.integrations.forgetting import let_go_of_samples
from tenure.integrations.models import RunState, SyncRun
from tenure.integrations.running import carry_out
from tenure.integrations.runs import ACTIVE, COUNTS, RUN, again, begin_due, forget_old, settle_all
from tenure.jobs.kinds import register as register_kind
from tenure.jobs.models import Job, JobState
from tenure.jobs.run import Run
from tenure.lib import clock

KEEP_SAMPLES = timedelta(days=30)


def register() -> None:
    register_kind(RUN, run_sync, _("Fetch from another system"), lease_s=900, again=again)
    register_kind("begin_syncs", begin_syncs, _("Begin syncs that are due"), every_s=60)
    register_kind("prune_syncs", prune_syncs, _("Forget old runs of syncs"), daily_at=time(4, 55))


def run_sync(run: Run) -> Mapping[str, object]:
    """The sync's run, from where an earlier try ended."""
    active = SyncRun.objects.filter(sync=int(str(run.payload["sync"])), state__in=ACTIVE)
    found = active.select_related("sync").first()
    if found is None:  # deleted with its sync, or done by an earlier try
        return {}
    ended = carry_out(found, run.progress)
    counts = {name: getattr(ended, name) for name in COUNTS}
    return counts if ended.state == RunState.DONE else {**counts, "error": ended.error}


def begin_syncs(run: Run) -> dict[str, object]:
    """Begins what is due. It comes every minute: of earlier ones that went well nothing is kept."""
    Job.objects.filter(kind=run.job.kind, state=JobState.DONE).delete()
    settle_all()
    return {"begun": begin_due()}


def prune_syncs(run: Run) -> dict[str, object]:
    """Deletes old runs, and the first rows of sources whose columns nobody chose."""
    let_go_of_samples(clock.now() - KEEP_SAMPLES)
    return {"deleted": forget_old()}
