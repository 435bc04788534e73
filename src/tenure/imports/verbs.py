"""What people do with imports: send a file, say what its columns are, start it, stop it, undo it, throw it away."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.imports.columns import Mapped, check_mapping, remember, see_columns, suggest
from tenure.imports.errors import BadImport
from tenure.imports.kinds.all import kind_named
from tenure.imports.models import FileImport, ImportState
from tenure.imports.reading.opening import opened
from tenure.imports.reading.sheet import Manner
from tenure.imports.running import path_of, subject
from tenure.jobs import queue
from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tenure.people.models import Member
from tenure.work.files import file_path, keep_file

UPLOADED = verb("import.uploaded", gettext_lazy("{by} uploaded {subject} to import it"), on_timeline=False)
READ_ANEW = verb("import.read_anew", gettext_lazy("{by} had {subject} read in another way"), on_timeline=False)
CHECKED = verb("import.checked", gettext_lazy("{by} had {subject} checked"), on_timeline=False)
STARTED = verb("import.started", gettext_lazy("{by} started to import {subject}"), on_timeline=False)
UNDONE = verb("import.undone", gettext_lazy("{by} had undone what {subject} brought"), on_timeline=False)
DISCARDED = verb(
    "import.discarded", gettext_lazy("{by} threw {subject} away before it was imported"), on_timeline=False
)

CHECK: Final = "check_import"
RUN: Final = "run_import"
UNDO: Final = "undo_import"

BEFORE: Final = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED, ImportState.STOPPED})
STARTABLE: Final = frozenset({ImportState.CHECKED, ImportState.STOPPED, ImportState.FAILED})
UNDOABLE: Final = frozenset({ImportState.DONE, ImportState.STOPPED, ImportState.FAILED})
AT_WORK: Final = frozenset({ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING})


class NotNow(BadImport):
    """The import is in a state in which this cannot be done."""


def upload(kind_key: str, name: str, chunks: Iterable[bytes], actor: Member | None) -> FileImport:
    """Keeps a file and looks at its columns. Raises BadImport, then nothing is kept."""
    kind = kind_named(kind_key)
    sha256, size = keep_file(settings.CONFIG.imports_path, bounded(chunks))
    file_import = FileImport(
        kind=kind.key, name=tidy_name(name), sha256=sha256, bytes=size, created_by=actor, created_at=clock.now()
    )
    try:
        look(file_import, Manner())
    except BadImport:
        forget_file(file_import)
        raise
    with transaction.atomic():
        file_import.save()
        record(UPLOADED, actor, subject=subject(file_import), detail={"kind": kind.key, "bytes": size})
    return file_import


def read_anew(file_import: FileImport, manner: Manner, actor: Member) -> None:
    """Reads the file with another encoding, delimiter or sheet. Raises BadImport; then it stays as it was."""
    _only(file_import, BEFORE)
    _not_begun(file_import)
    look(file_import, manner)
    with transaction.atomic():
        file_import.state, file_import.checked = ImportState.UPLOADED, None
        file_import.save()
        record(READ_ANEW, actor, subject=subject(file_import))


def map_columns(file_import: FileImport, mapped: Mapped, actor: Member | None) -> None:
    """Takes the mapping, remembers it for files like this, and has the file checked. Raises BadMapping, NotNow."""
    _only(file_import, BEFORE)
    _not_begun(file_import)
    kind, names = kind_named(file_import.kind), [column["name"] for column in file_import.columns]
    check_mapping(kind, names, mapped)
    with transaction.atomic():
        remember(kind, names, mapped, actor)
        file_import.mapping = mapped.as_json()
        file_import.manner = {**file_import.manner, "language": get_language() or ""}
        _begin_check(file_import, actor)
        record(CHECKED, actor, subject=subject(file_import))


def start(file_import: FileImport, actor: Member) -> None:
    """Has the file imported, or goes on where it was stopped. Raises NotNow."""
    with transaction.atomic():
        _begin(file_import, actor)
        record(STARTED, actor, subject=subject(file_import))


def stop(file_import: FileImport, actor: Member) -> None:
    """Ends what is at work on the file; whole chunks that were written stay. Raises NotNow."""
    _only(file_import, AT_WORK)
    if file_import.job is None:
        raise NotNow(_("Nothing is at work on this file."))
    queue.stop(file_import.job, actor)
    settle(file_import)


def undo(file_import: FileImport, actor: Member) -> None:
    """Has what the import brought taken back. Raises NotNow."""
    with transaction.atomic():
        _begin_undo(file_import, actor)
        record(UNDONE, actor, subject=subject(file_import))


def discard(file_import: FileImport, actor: Member) -> None:
    """Throws away a file of which nothing was imported. Raises NotNow."""
    _only(file_import, BEFORE)
    _not_begun(file_import)
    with transaction.atomic():
        record(DISCARDED, actor, subject=subject(file_import))
        file_import.delete()
    forget_file(file_import)


def settle(file_import: FileImport) -> FileImport:
    """Brings the state in step with the job: one that was stopped while it waited, or failed for good, tells nobody."""
    job = file_import.job
    if file_import.state in AT_WORK and job is not None:
        job.refresh_from_db()
        ended = {JobState.STOPPED: ImportState.STOPPED, JobState.FAILED: ImportState.FAILED}.get(JobState(job.state))
        if ended is not None:
            values = {"state": ended, "error": job.error[:2_000], "ended_at": job.ended_at}
            FileImport.objects.filter(pk=file_import.pk, state=file_import.state).update(**values)
            file_import.refresh_from_db()
    return file_import


def forget_file(file_import: FileImport) -> None:
    """Deletes the file's bytes, unless another import has the same."""
    others = FileImport.objects.filter(sha256=file_import.sha256, forgotten_at=None)
    if not others.exclude(pk=file_import.pk).exists():
        file_path(settings.CONFIG.imports_path, file_import.sha256).unlink(missing_ok=True)


def tidy_name(name: str) -> str:
    """The last part of a file's name, as people read it."""
    last = Path(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[-200:].strip() or _("file")


def look(file_import: FileImport, manner: Manner) -> None:
    """Sees which columns the kept file has, and suggests what they are. Raises BadImport."""
    with opened(path_of(file_import), manner) as sheet:
        columns = see_columns(sheet)
        file_import.format, file_import.manner = sheet.format, {**vars(sheet.manner), "sheets": list(sheet.sheets)}
    file_import.columns = [column.as_json() for column in columns]
    file_import.mapping = suggest(kind_named(file_import.kind), columns).as_json()


def again(job: Job, actor: Member) -> Job:
    """Has done what a job that failed or was stopped was to do with a file. Raises JobNotRetryable, NotNow."""
    file_import = FileImport.objects.filter(pk=int(job.payload["import"])).first()
    if file_import is None:
        raise queue.JobNotRetryable(_("The file was thrown away."))
    if job.kind == CHECK:
        _only(file_import, BEFORE)
        _not_begun(file_import)
    return {CHECK: _begin_check, RUN: _begin, UNDO: _begin_undo}[job.kind](file_import, actor)


def _begin_check(file_import: FileImport, actor: Member | None) -> Job:
    file_import.error, file_import.checked = "", None
    return _enqueue(file_import, CHECK, ImportState.CHECKING, actor)


def _begin(file_import: FileImport, actor: Member) -> Job:
    _only(file_import, STARTABLE)
    if file_import.checked is None:
        raise NotNow(_("Have the file checked first."))
    now = clock.now()
    file_import.started_at, file_import.valid_from = now, file_import.valid_from or now
    file_import.error, file_import.ended_at = "", None
    return _enqueue(file_import, RUN, ImportState.RUNNING, actor)


def _begin_undo(file_import: FileImport, actor: Member) -> Job:
    _only(file_import, UNDOABLE)
    if not file_import.done_rows:
        raise NotNow(_("Nothing was imported that could be undone."))
    file_import.undone_by = actor
    return _enqueue(file_import, UNDO, ImportState.UNDOING, actor)


def _enqueue(file_import: FileImport, job: str, state: ImportState, actor: Member | None) -> Job:
    payload = {"import": file_import.pk}
    enqueued = queue.enqueue(job, payload, key=f"import:{file_import.pk}", actor=actor)
    file_import.job, file_import.state = enqueued, state
    file_import.save()
    return enqueued


def _only(file_import: FileImport, states: frozenset[ImportState]) -> None:
    settle(file_import)
    if ImportState(file_import.state) not in states:
        said = _("This cannot be done now: the file is %(state)s.")
        raise NotNow(said % {"state": str(file_import.get_state_display()).lower()})


def _not_begun(file_import: FileImport) -> None:
    if file_import.done_rows:
        raise NotNow(_("A part was imported already. Undo it first, or go on."))


def bounded(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The chunks of a file; raises BadImport when there are more bytes than an import may have."""
    most, size = settings.CONFIG.import_mb * 2**20, 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise BadImport(
                _("The file is larger than %(most)d MB, the most here.") % {"most": settings.CONFIG.import_mb}
            )
        yield chunk
