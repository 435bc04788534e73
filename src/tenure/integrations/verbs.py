"""What people do with syncs: say what the columns are, run, stop, pause and delete them."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.imports.columns import ColumnSeen, Mapped, check_mapping, remember, suggest
from tenure.imports.kinds.all import kind_named
from tenure.integrations.errors import NotNow
from tenure.integrations.forgetting import without_samples
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.owning import own_fields, release_fields
from tenure.integrations.runs import ACTIVE, begin, next_run, settle, subject
from tenure.jobs import queue
from tenure.people.models import Member

MAPPED = verb("sync.mapped", gettext_lazy("{by} said what the columns of {subject} are"), on_timeline=False)
ASKED = verb("sync.asked", gettext_lazy("{by} had {subject} run"), on_timeline=False)
ANEW = verb("sync.begun_anew", gettext_lazy("{by} had {subject} fetch everything again"), on_timeline=False)
PAUSED = verb("sync.paused", gettext_lazy("{by} paused the sync {subject}"), on_timeline=False)
RESUMED = verb("sync.resumed", gettext_lazy("{by} had the sync {subject} go on"), on_timeline=False)
DELETED = verb("sync.deleted", gettext_lazy("{by} deleted the sync {subject}"), on_timeline=False)


def map_columns(sync: Sync, mapped: Mapped, actor: Member) -> SyncRun:
    """Takes the mapping, locks the fields it writes, and starts the first run. Raises BadMapping, NotNow."""
    kind, names = kind_named(sync.kind), [column["name"] for column in sync.columns]
    check_mapping(kind, names, mapped, sync.name)
    with transaction.atomic():
        remember(kind, names, mapped, actor)
        sync.mapping, sync.enabled = mapped.as_json(), True
        sync.next_at = next_run(sync)
        without_samples(sync)
        own_fields(sync)
        sync.save()
        record(MAPPED, actor, subject=subject(sync), detail={"fields": sync.owned})
        return begin(sync, actor)


def run_now(sync: Sync, actor: Member | None) -> SyncRun:
    """Starts a run, or returns the one at work. Raises NotNow before the columns are chosen."""
    _only_mapped(sync)
    with transaction.atomic():
        record(ASKED, actor, subject=subject(sync))
        return begin(sync, actor)


def run_anew(sync: Sync, actor: Member) -> SyncRun:
    """Forgets what was fetched and starts a run: what it brings again changes nothing. Raises NotNow."""
    _only_mapped(sync)
    settle(sync)
    if sync.runs.filter(state__in=ACTIVE).exists():
        raise NotNow(_("It is running. Wait for its end, or stop it."))
    with transaction.atomic():
        sync.marks.all().delete()
        record(ANEW, actor, subject=subject(sync))
        return begin(sync, actor)


def stop(sync: Sync, actor: Member) -> None:
    """Ends the run at work; whole chunks that were written stay. Raises NotNow."""
    settle(sync)
    run = sync.runs.filter(state__in=ACTIVE).first()
    if run is None or run.job is None:
        raise NotNow(_("It is not running."))
    queue.stop(run.job, actor)
    settle(sync)


def pause(sync: Sync, actor: Member) -> None:
    """No more runs by itself. Its fields stay locked."""
    with transaction.atomic():
        sync.enabled, sync.next_at = False, None
        sync.save(update_fields=["enabled", "next_at"])
        record(PAUSED, actor, subject=subject(sync))


def resume(sync: Sync, actor: Member) -> None:
    """Runs by its schedule again. Raises NotNow before the columns are chosen."""
    _only_mapped(sync)
    with transaction.atomic():
        sync.enabled, sync.next_at = True, next_run(sync)
        sync.save(update_fields=["enabled", "next_at"])
        record(RESUMED, actor, subject=subject(sync))


def delete(sync: Sync, actor: Member) -> None:
    """Deletes it with its runs and secrets, and releases its fields. What it brought stays. Raises NotNow."""
    settle(sync)
    if sync.runs.filter(state__in=ACTIVE).exists():
        raise NotNow(_("It is running. Wait for its end, or stop it."))
    with transaction.atomic():
        release_fields(sync, sync.name)
        record(DELETED, actor, subject=subject(sync))
        sync.delete()


def suggested(sync: Sync) -> Mapped:
    """What was chosen, else what the columns' names say."""
    if sync.mapping:
        return Mapped.of(sync.mapping)
    return suggest(kind_named(sync.kind), [ColumnSeen.of(column) for column in sync.columns])


def _only_mapped(sync: Sync) -> None:
    if not sync.mapping:
        raise NotNow(_("Choose first what its columns are."))
