"""The jobs of imports. A job that dies is done again and ends in the same state."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from tenure.imports.errors import BadImport
from tenure.imports.forgetting import let_go
from tenure.imports.models import FileImport, ImportState
from tenure.imports.running import bring, check, in_words_of, take_back
from tenure.imports.verbs import AT_WORK, CHECK, RUN, UNDO, again
from tenure.jobs.kinds import register as register_kind
from tenure.jobs.run import Run, Stopped
from tenure.lib import clock

KEEP = timedelta(days=30)


def register() -> None:
    register_kind(CHECK, check_import, _("Check a file"), again=again)
    register_kind(RUN, run_import, _("Import a file"), again=again)
    register_kind(UNDO, undo_import, _("Undo an import"), again=again)
    register_kind("prune_imports", prune_imports, _("Let go of imported files"), daily_at=time(4, 50))


def check_import(run: Run) -> Mapping[str, object]:
    """The dry run."""

    def work(file_import: FileImport) -> Mapping[str, object]:
        counts = check(file_import, run.progress)
        _end(file_import, ImportState.CHECKED)
        return vars(counts)

    return _do(run, ImportState.CHECKING, work)


def run_import(run: Run) -> Mapping[str, object]:
    """The import itself, from where it ended before."""
    return _do(run, ImportState.RUNNING, lambda file_import: vars(bring(file_import, run.progress)))


def undo_import(run: Run) -> Mapping[str, object]:
    """Takes back what an import brought."""
    return _do(run, ImportState.UNDOING, lambda file_import: take_back(file_import, run.progress))


def prune_imports(run: Run) -> dict[str, object]:
    """Deletes the files, samples and refused rows of old imports: they hold personal data. What was counted stays."""
    old = FileImport.objects.filter(created_at__lt=clock.now() - KEEP, forgotten_at=None).exclude(state__in=AT_WORK)
    return {"files": let_go(old)}


def _do(run: Run, state: ImportState, work: Callable[[FileImport], Mapping[str, object]]) -> Mapping[str, object]:
    """Works on the import while it is in the state; an import that cannot go on says why and is not tried again."""
    file_import = FileImport.objects.filter(pk=int(str(run.payload["import"])), state=state).first()
    if file_import is None:  # thrown away, or done by an earlier try
        return {}
    with in_words_of(file_import):
        try:
            return work(file_import)
        except Stopped:
            _end(file_import, ImportState.STOPPED)
            raise
        except BadImport as error:
            _end(file_import, ImportState.FAILED, str(error))
            return {"error": str(error)}


def _end(file_import: FileImport, state: ImportState, error: str = "") -> None:
    FileImport.objects.filter(pk=file_import.pk).update(state=state, error=error, ended_at=clock.now())
