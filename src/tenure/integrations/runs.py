"""Runs of syncs: begun by a person or by the schedule, one at a time for each sync."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tenure.activity.recording import Subject
from tenure.imports.models import ImportState
from tenure.imports.verbs import forget_file
from tenure.integrations.models import Alert, Pull, RunState, Sync, SyncRun
from tenure.integrations.sql import cursor
from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import JobNotRetryable, enqueue
from tenure.jobs.schedules import next_time
from tenure.lib import clock
from tenure.people.models import Member

RUN: Final = "run_sync"
ACTIVE: Final = (RunState.WAITING, RunState.RUNNING)
KEEP: Final = timedelta(days=90)
COUNTS: Final = ("new", "changed", "same", "refused")


def begin(sync: Sync, actor: Member | None) -> SyncRun:
    """A run that a worker takes, within the caller's transaction; the one at work where there is one."""
    settle(sync)
    Sync.objects.select_for_update().get(pk=sync.pk)
    run = sync.runs.filter(state__in=ACTIVE).first()
    if run is None:
        run = SyncRun(sync=sync, asked_by=actor, created_at=clock.now(), cursor_before=cursor.shown(sync))
        run.save()
        run.job = enqueue(RUN, {"sync": sync.pk}, key=key_of(sync), actor=actor)
        run.save(update_fields=["job"])
    return run


def again(job: Job, actor: Member) -> Job:
    """A new run in place of one whose job failed or was stopped. Raises JobNotRetryable."""
    sync = Sync.objects.filter(pk=int(job.payload["sync"])).first()
    begun = begin(sync, actor).job if sync else None
    if begun is None:
        raise JobNotRetryable(_("The sync was deleted."))
    return begun


def begin_due() -> int:
    """Begins a run of every sync that is due; returns how many."""
    now, begun = clock.now(), 0
    for sync in Sync.objects.filter(enabled=True, next_at__lte=now):
        with transaction.atomic():
            due = Sync.objects.filter(pk=sync.pk, next_at=sync.next_at, enabled=True)
            if due.update(next_at=next_run(sync, now)):  # 0: another process was first
                begin(sync, None)
                begun += 1
    return begun


def next_run(sync: Sync, after: datetime | None = None) -> datetime | None:
    """When the schedule has it run next; None without one."""
    if sync.every_s is None and sync.daily_at is None:
        return None
    return next_time(sync.every_s, sync.daily_at, after or clock.now(), settings.CONFIG.zone)


def settle(sync: Sync) -> None:
    """Ends runs whose job ended without telling: stopped while it waited, or failed for good."""
    ended = {JobState.STOPPED: RunState.STOPPED, JobState.FAILED: RunState.FAILED}
    for run in sync.runs.filter(state__in=ACTIVE).select_related("job"):
        if run.job is None or run.job.state in ended:
            state = ended[JobState(run.job.state)] if run.job else RunState.FAILED
            error = run.job.error if run.job else ""
            mine = SyncRun.objects.filter(pk=run.pk, state=run.state)
            if mine.update(state=state, error=error, ended_at=clock.now()) and state == RunState.FAILED:
                Sync.objects.filter(pk=sync.pk).update(alert=Alert.FAILED)
            leave_unfinished(run)


def leave_unfinished(run: SyncRun) -> None:
    """What an ended run had begun to import stays as far as it came; the next run fetches it again."""
    for pull in run.pulls.filter(done=False).exclude(file_import=None).select_related("file_import"):
        file_import = pull.file_import
        assert file_import is not None  # excluded above
        counts = {name: getattr(file_import, name) for name in COUNTS}
        Pull.objects.filter(pk=pull.pk).update(**counts, rows=sum(counts.values()))
        file_import.state, file_import.ended_at = ImportState.STOPPED, clock.now()
        file_import.save(update_fields=["state", "ended_at"])
        forget_file(file_import)


def settle_all() -> None:
    """Every sync with a run at work."""
    for sync in Sync.objects.filter(runs__state__in=ACTIVE).distinct():
        settle(sync)


def forget_old() -> int:
    """Deletes runs that ended long ago; returns how many. What they brought stays."""
    old = SyncRun.objects.filter(~Q(state__in=ACTIVE), created_at__lt=clock.now() - KEEP)
    count, _per_table = old.delete()
    return count


def key_of(sync: Sync) -> str:
    """Names the sync's job."""
    return f"sync:{sync.pk}"


def subject(sync: Sync) -> Subject:
    """The sync, as activities name it."""
    return Subject("sync", sync.pk, sync.name)
