"""What whoever runs this installation should know of syncs."""

from statistics import median
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.models import Alert, RunState, Sync, SyncRun

_RUNS: Final = 5
_LEAST: Final = 3


def usual_rows(run: SyncRun) -> int | None:
    """The middle one of the last five runs, when this one read less than half of it; None when nothing is unusual.

    It is asked of queries that fetch all rows each time, after three runs that ended well.
    """
    if run.sync.cursor_column or not INTEGRATIONS[run.sync.integration].has_cursor:
        return None
    before = SyncRun.objects.filter(sync=run.sync, state=RunState.DONE).exclude(pk=run.pk).order_by("-pk")
    rows = list(before.values_list("rows", flat=True)[:_RUNS])
    usual = int(median(rows)) if len(rows) >= _LEAST else 0
    return usual if 2 * run.rows < usual else None


class Trouble(NamedTuple):
    """What is to be said of a sync, in the reader's language."""

    sync_id: int
    text: str


def troubles() -> list[Trouble]:
    """Of every sync whose last run failed or read far fewer rows than usual."""
    said = {
        Alert.FAILED: _("The sync “%(name)s” failed. Settings › Sync says why."),
        Alert.FEW_ROWS: _("The sync “%(name)s” read less than half as many rows as usual."),
    }
    found = Sync.objects.exclude(alert=Alert.NONE).order_by("name").values_list("pk", "name", "alert")
    return [Trouble(pk, said[Alert(alert)] % {"name": name}) for pk, name, alert in found]
