"""One run of a sync: what there is to fetch is kept as files, and these are imported. Done again, it ends alike.

What is fetched is kept, and noted with how far the source was read, before the first row of it is imported: killed
anywhere, the run goes on with what it has. What was fetched counts as read only when all of it is imported.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext_lazy

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.imports.columns import Mapped, check_mapping
from tenure.imports.errors import BadImport, NoRows
from tenure.imports.kinds.all import kind_named
from tenure.imports.models import FileImport, ImportState
from tenure.imports.reading.sheet import Manner
from tenure.imports.running import bring
from tenure.imports.verbs import bounded, forget_file, look, tidy_name
from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.errors import NotYet, SourceFailed
from tenure.integrations.integration import Asked, Fetched
from tenure.integrations.models import Alert, Mark, Pull, RunState, Sync, SyncRun
from tenure.integrations.runs import COUNTS, leave_unfinished, subject
from tenure.integrations.sealing import unseal
from tenure.integrations.sql import cursor
from tenure.integrations.watching import usual_rows
from tenure.jobs.run import LeaseLost, Stopped
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.work.files import keep_file

FINISHED = verb(
    "sync.finished",
    gettext_lazy("{subject} brought {new} new and {changed} changed; {same} as they were, {refused} refused"),
    on_timeline=False,
)
FAILED = verb("sync.failed", gettext_lazy("The sync {subject} failed"), on_timeline=False)

#: Told (done, total) as work goes on; may raise to end it.
Progress = Callable[[int, int], None]
_WHOLE: Final = 10_000


def carry_out(run: SyncRun, progress: Progress) -> SyncRun:
    """Does the run to its end, from where an earlier try was. What went wrong is in it; raises only to be tried again.

    A file that cannot be read holds up no other; it is tried again by the next run.
    """
    sync = run.sync
    with translation.override(sync.language or settings.LANGUAGE_CODE):
        SyncRun.objects.filter(pk=run.pk, started_at=None).update(state=RunState.RUNNING, started_at=clock.now())
        try:
            _fetch_all(run, progress)
        except Stopped:
            _end(run, RunState.STOPPED, "")
            raise
        except TenureError as error:
            _end(run, RunState.FAILED, str(error))
        else:
            errors = [_named(pull) for pull in run.pulls.exclude(error="").order_by("pk")]
            _end(run, RunState.FAILED if errors else RunState.DONE, "\n".join(errors))
    run.refresh_from_db()
    progress(_WHOLE, _WHOLE)
    return run


def _fetch_all(run: SyncRun, progress: Progress) -> None:
    sync = run.sync
    for begun in run.pulls.filter(done=False).select_related("file_import"):
        _import(begun, progress)
    marks = dict(sync.marks.values_list("name", "value"))
    asked = Asked(
        {**sync.settings, **unseal(sync.secrets)},
        sync.cursor_column,
        marks,
        tick=lambda: progress(0, _WHOLE),
    )
    done = set(run.pulls.values_list("name", flat=True))
    for table in INTEGRATIONS[sync.integration].tables(asked):
        if table.name not in done:
            pull = _keep(run, table)
            if pull is not None:
                _import(pull, progress)


def _keep(run: SyncRun, table: Fetched) -> Pull | None:
    """What was fetched as a file of ours, with what it is to be imported as. None: there is nothing to import."""
    sync = run.sync
    try:
        sha256, size = keep_file(settings.CONFIG.imports_path, bounded(table.chunks()))
    except NotYet:
        return None
    except (SourceFailed, BadImport) as error:
        _note(run, table, {}, str(error))
        return None
    marks = table.marks(sha256)
    file_import = FileImport(
        kind=sync.kind,
        name=tidy_name(table.name or sync.name),
        sha256=sha256,
        bytes=size,
        system=sync.name,
        created_by=sync.created_by,
        created_at=clock.now(),
    )
    if not size or table.is_known(sha256):
        forget_file(file_import)
        _note(run, table, marks)
        return None
    try:
        look(file_import, Manner())
        mapped = Mapped.of(sync.mapping)
        check_mapping(kind_named(sync.kind), [column["name"] for column in file_import.columns], mapped, sync.name)
    except NoRows:
        forget_file(file_import)
        _note(run, table, marks)
        return None
    except BadImport as error:
        forget_file(file_import)
        _note(run, table, {}, str(error))
        return None
    file_import.mapping, file_import.state = mapped.as_json(), ImportState.RUNNING
    file_import.manner["language"] = sync.language
    file_import.started_at = file_import.valid_from = clock.now()
    with transaction.atomic():
        file_import.save()
        return Pull.objects.create(run=run, name=table.name, file_import=file_import, marks=dict(marks))


def _note(run: SyncRun, table: Fetched, marks: Mapping[str, Any], error: str = "") -> None:
    """A table of which nothing is imported."""
    with transaction.atomic():
        Pull.objects.create(run=run, name=table.name, done=True, error=error[:2_000])
        _remember(run.sync, marks)


def _import(pull: Pull, progress: Progress) -> None:
    """Imports what was kept, from where an earlier try was, and remembers how far the source is read with it."""
    file_import = pull.file_import
    if file_import is None:
        _finish(pull, None, "")
        return
    try:
        bring(file_import, lambda done, total: progress(min(done, _WHOLE - 1), _WHOLE))
    except BadImport as error:
        FileImport.objects.filter(pk=file_import.pk).update(state=ImportState.FAILED, error=str(error))
        _finish(pull, file_import, str(error))
    else:
        _finish(pull, file_import, "")
    forget_file(file_import)
    file_import.refresh_from_db()
    if not (file_import.new or file_import.changed or file_import.refused or file_import.error):
        file_import.delete()


def _finish(pull: Pull, file_import: FileImport | None, error: str) -> None:
    counts = dict.fromkeys(COUNTS, 0)
    if file_import is not None:
        file_import.refresh_from_db()
        counts = {name: getattr(file_import, name) for name in COUNTS}
    with transaction.atomic():
        values = {**counts, "rows": sum(counts.values()), "error": error[:2_000], "done": True}
        if not Pull.objects.filter(pk=pull.pk, done=False).update(**values):
            raise LeaseLost(f"Sync run {pull.run_id} is worked on by somebody else.")
        if not error:
            _remember(pull.run.sync, pull.marks)
        _count(pull.run)


def _remember(sync: Sync, marks: Mapping[str, Any]) -> None:
    for name, value in marks.items():
        Mark.objects.update_or_create(sync=sync, name=name, defaults={"value": value})


def _count(run: SyncRun) -> None:
    names = ("rows", *COUNTS)
    found = run.pulls.aggregate(**{name: Sum(name, default=0) for name in names})
    SyncRun.objects.filter(pk=run.pk).update(**found)


def _end(run: SyncRun, state: RunState, error: str) -> None:
    """Writes down how it ended, what people should know of it, and how far the source is read."""
    sync = run.sync
    leave_unfinished(run)
    with transaction.atomic():
        _count(run)
        run.refresh_from_db()
        run.state, run.error, run.ended_at = state, error[:10_000], clock.now()
        run.cursor_after = cursor.shown(sync)
        run.usual_rows = usual_rows(run) if state == RunState.DONE else None
        run.save()
        if state != RunState.STOPPED:
            alert = Alert.FAILED if state == RunState.FAILED else Alert.FEW_ROWS if run.usual_rows else Alert.NONE
            Sync.objects.filter(pk=sync.pk).update(alert=alert)
        counts = {name: getattr(run, name) for name in COUNTS}
        if state == RunState.FAILED:
            record(FAILED, run.asked_by, subject=subject(sync), detail={**counts, "run": run.pk})
        elif run.new or run.changed or run.refused:
            record(FINISHED, run.asked_by, subject=subject(sync), detail={**counts, "run": run.pk})


def _named(pull: Pull) -> str:
    return f"{pull.name}: {pull.error}" if pull.name else pull.error
