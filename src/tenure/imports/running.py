"""Does what is to be done with a file: checks it, imports it, takes it back. Done again, it ends in the same state."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.imports.columns import ColumnSeen, Mapped
from tenure.imports.errors import BadImport
from tenure.imports.kinds.all import kind_named
from tenure.imports.kinds.kind import Kind, Pass, Setting, Verdict
from tenure.imports.lookups import Replacing
from tenure.imports.models import FileImport, ImportState, Refusal
from tenure.imports.passing import (
    Alike,
    Counts,
    Judged,
    chunks,
    judge,
    manner_of,
)
from tenure.imports.rows import RefusedRow, Rows
from tenure.jobs.run import LeaseLost
from tenure.lib import clock
from tenure.lib.unmapped import unmapped
from tenure.work.files import file_path

FINISHED = verb(
    "import.finished",
    gettext_lazy("{subject} is imported: {new} new, {changed} changed, {same} as they were, {refused} refused"),
    on_timeline=False,
)
TAKEN_BACK = verb("import.taken_back", gettext_lazy("What {subject} brought was taken back"), on_timeline=False)

#: Told (done, total) as work goes on; may raise to end it.
Progress = Callable[[int, int], None]

PREVIEW: Final = 50
_WHOLE: Final = 10_000


class _Work:
    """All that is the same for one pass over a file."""

    def __init__(self, file_import: FileImport, replacing: Replacing | None) -> None:
        self.file_import = file_import
        self.kind: Kind = kind_named(file_import.kind)
        self.path = path_of(file_import)
        self.manner = manner_of(file_import.manner)
        at = file_import.valid_from or clock.now()
        self.setting = Setting(file_import, settings.CONFIG.zone, at, file_import.created_by)
        columns = [ColumnSeen.of(each) for each in file_import.columns]
        mapped = Mapped.of(file_import.mapping)
        self.contradicts = self.kind.contradicts(mapped.fields)
        self.rows = Rows(self.kind, columns, mapped, self.setting, replacing)

    def alike(self, progress: Progress) -> Alike:
        """Reads the file once; progress goes up to a third."""
        found = Alike()
        if self.contradicts:
            for chunk in chunks(self.path, self.manner, self.rows, self.kind, rest=self.kind.rest_tells):
                found.add(chunk, self.kind, self.rows)
                progress(self._share(chunk.done, 0, 1 / 3), _WHOLE)
        found.settle()
        return found

    def tell(self, progress: Progress, done: int) -> None:
        progress(self._share(done, 1 / 3, 2 / 3), _WHOLE)

    def _share(self, done: int, start: float, part: float) -> int:
        return min(_WHOLE - 1, int(_WHOLE * (start + part * done / max(self.file_import.bytes, 1))))


def path_of(file_import: FileImport) -> Path:
    """Where the file is; raises BadImport when it is no longer kept."""
    path = file_path(settings.CONFIG.imports_path, file_import.sha256)
    if not path.is_file():
        raise BadImport(_("The file is no longer kept. Upload it again; what it brought already is known again."))
    return path


def check(file_import: FileImport, progress: Progress, replacing: Replacing | None = None) -> Counts:
    """Reads the whole file and compares it, writing nothing but what it found. Raises BadImport."""
    work = _Work(file_import, replacing)
    file_import.refusals.filter(checked=True).delete()
    alike = work.alike(progress)
    run, counts, preview = work.kind.begin(work.setting), Counts(), list[dict[str, Any]]()
    for chunk in chunks(work.path, work.manner, work.rows, work.kind):
        judged = judge(chunk, work.kind, run, work.rows, alike)
        _keep_refused(file_import, judged.refused, checked=True)
        counts += judged.counts
        preview += [_told(run, line, verdict) for line, verdict in judged.seen[: PREVIEW - len(preview)]]
        work.tell(progress, chunk.done)
    file_import.checked = {**vars(counts), "rows": counts.rows, "preview": preview}
    file_import.save(update_fields=["checked"])
    progress(_WHOLE, _WHOLE)
    return counts


def bring(file_import: FileImport, progress: Progress, replacing: Replacing | None = None) -> Counts:
    """Imports the file from where an earlier try ended. Chunks are written whole or not at all.

    Raises BadImport where the file cannot be read; what came before stays, and so does how far it came.
    """
    with unmapped():
        return _bring(file_import, progress, replacing)


def _bring(file_import: FileImport, progress: Progress, replacing: Replacing | None) -> Counts:
    work = _Work(file_import, replacing)
    alike = work.alike(progress)
    run = work.kind.begin(work.setting)
    run.prepare()
    done = file_import.done_rows
    if done and work.kind.replays:
        passed = 0
        for chunk in chunks(work.path, work.manner, work.rows, work.kind):
            if passed >= done:
                break
            run.pass_over(chunk.given)
            passed += chunk.rows
    for chunk in chunks(work.path, work.manner, work.rows, work.kind, skip=done):
        judged = judge(chunk, work.kind, run, work.rows, alike)
        with transaction.atomic():
            _advance(file_import, done, chunk.rows, judged)
            _keep_refused(file_import, judged.refused, checked=False)
            if judged.to_write:
                run.write(judged.to_write)
            if judged.known:
                run.confirm(judged.known)
        done += chunk.rows
        run.tell(last=False)
        work.tell(progress, chunk.done)
    run.tell(last=True)
    return _finish(file_import, progress)


def take_back(file_import: FileImport, progress: Progress) -> Mapping[str, int]:
    """Takes back what the import brought, but for what was changed again since."""
    kind = kind_named(file_import.kind)
    setting = Setting(file_import, settings.CONFIG.zone, clock.now(), file_import.undone_by)
    found = kind.undo(setting, progress)
    with transaction.atomic():
        file_import.state, file_import.undone_at = ImportState.UNDONE, clock.now()
        file_import.save(update_fields=["state", "undone_at"])
        record(TAKEN_BACK, file_import.undone_by, subject=subject(file_import), detail=dict(found))
    progress(_WHOLE, _WHOLE)
    return found


def subject(file_import: FileImport) -> Subject:
    """The import, as activities name it."""
    return Subject("import", file_import.pk, file_import.name)


def in_words_of(file_import: FileImport) -> AbstractContextManager[None]:
    """Reasons are kept in the language of whoever said which column is what."""
    return translation.override(file_import.manner.get("language") or settings.LANGUAGE_CODE)


def _advance(file_import: FileImport, done: int, rows: int, judged: Judged) -> None:
    """Counts a chunk, once: another worker that was here meanwhile has the import."""
    counts = judged.counts
    mine = FileImport.objects.filter(pk=file_import.pk, done_rows=done)
    if not mine.update(
        done_rows=done + rows,
        new=F("new") + counts.new,
        changed=F("changed") + counts.changed,
        same=F("same") + counts.same,
        refused=F("refused") + counts.refused,
    ):
        raise LeaseLost(f"Import {file_import.pk} is worked on by somebody else.")


def _finish(file_import: FileImport, progress: Progress) -> Counts:
    with transaction.atomic():
        file_import.refresh_from_db()
        counts = Counts(file_import.new, file_import.changed, file_import.same, file_import.refused)
        file_import.state, file_import.ended_at = ImportState.DONE, clock.now()
        file_import.save(update_fields=["state", "ended_at"])
        if not file_import.system:  # of what a sync brings, its run tells
            record(FINISHED, file_import.created_by, subject=subject(file_import), detail=vars(counts))
    progress(_WHOLE, _WHOLE)
    return counts


def _keep_refused(file_import: FileImport, refused: Iterable[RefusedRow], *, checked: bool) -> None:
    Refusal.objects.bulk_create(
        (
            Refusal(
                file_import=file_import,
                checked=checked,
                line=row.line,
                problems=[[_plain(part) for part in problem] for problem in row.problems],
                cells=[_plain(cell) for cell in row.cells],
            )
            for row in refused
        ),
        batch_size=500,
    )


def _plain(text: str) -> str:
    """Without what a database refuses: NUL characters and halves of characters."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def _told(run: Pass, line: int, verdict: Verdict) -> dict[str, Any]:
    changes = [list(run.words(change)) for change in verdict.changes[:12]]
    return {"line": line, "state": verdict.state.value, "about": verdict.about, "changes": changes}
