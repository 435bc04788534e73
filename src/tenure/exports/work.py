"""The jobs of exports. A job that dies is done again and makes the same file."""

from datetime import time, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tenure.exports.keeping import forget_old
from tenure.exports.making import CannotExport, NotWanted, make
from tenure.exports.models import Export, ExportState
from tenure.exports.verbs import MAKE, again
from tenure.jobs.kinds import register as register_kind
from tenure.jobs.run import Run, Stopped
from tenure.lib import clock


def register() -> None:
    register_kind(MAKE, make_export, _("Export a list"), lease_s=900, again=again)
    register_kind("prune_exports", prune_exports, _("Let go of exported files"), daily_at=time(4, 55))


def make_export(run: Run) -> dict[str, object]:
    """Makes one file. One that cannot be made says why and is not tried again."""
    found = Export.objects.select_related("member").filter(pk=int(str(run.payload["export"])))
    export = found.filter(state=ExportState.MAKING).first()
    if export is None:  # thrown away, or made by an earlier try
        return {}
    try:
        return {"rows": make(export, run.progress)}
    except NotWanted:
        raise Stopped from None
    except Stopped:
        _fail(export, "")
        raise
    except CannotExport as error:
        _fail(export, str(error))
        return {"error": str(error)}


def prune_exports(run: Run) -> dict[str, object]:
    """Deletes files that are older than TENURE_EXPORT_DAYS: they hold personal data."""
    return {"files": forget_old(clock.now() - timedelta(days=settings.CONFIG.export_days))}


def _fail(export: Export, error: str) -> None:
    with translation.override(export.language):
        said = error or str(_("It was stopped."))
    values = {"state": ExportState.FAILED, "error": said[:2_000], "ended_at": clock.now()}
    Export.objects.filter(pk=export.pk, state=ExportState.MAKING).update(**values)
