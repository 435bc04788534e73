"""How syncs are said: when they run, how they are, where they read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.models import Alert, RunState, Sync, SyncRun
from tenure.ui.table import Badge

_TONES = {
    RunState.WAITING: "accent",
    RunState.RUNNING: "accent",
    RunState.DONE: "healthy",
    RunState.FAILED: "at-risk",
    RunState.STOPPED: "average",
}


def schedule_words(sync: Sync) -> str:
    """When it runs."""
    if sync.daily_at is not None:
        return _("Daily at %(time)s") % {"time": sync.daily_at.strftime("%H:%M")}
    if sync.every_s is None:
        return _("Only when asked")
    count, unit = every(sync.every_s)
    said = {
        "days": ngettext("Every day", "Every %(count)d days", count),
        "hours": ngettext("Every hour", "Every %(count)d hours", count),
        "minutes": ngettext("Every minute", "Every %(count)d minutes", count),
    }[unit]
    return said % {"count": count} if "%" in said else said


def every(seconds: int) -> tuple[int, str]:
    """(count, unit) in the largest unit that fits."""
    for unit, size in (("days", 86_400), ("hours", 3_600)):
        if seconds % size == 0:
            return seconds // size, unit
    return max(seconds // 60, 1), "minutes"


def sync_badge(sync: Sync, last: SyncRun | None) -> Badge:
    """How it is, in a word or two."""
    if not sync.mapping:
        return Badge(_("Columns to be chosen"), "average")
    if last is not None and last.state in (RunState.WAITING, RunState.RUNNING):
        return run_badge(last)
    if sync.alert == Alert.FAILED:
        return Badge(_("Failed"), "at-risk")
    if sync.alert == Alert.FEW_ROWS:
        return Badge(_("Few rows"), "average")
    if not sync.enabled:
        return Badge(_("Paused"))
    return Badge(_("Well"), "healthy") if last is not None else Badge(_("Not run yet"))


def run_badge(run: SyncRun) -> Badge:
    """How a run is."""
    if run.usual_rows:
        return Badge(_("Few rows"), "average")
    state = RunState(run.state)
    return Badge(state.label, _TONES[state])


def place_words(sync: Sync) -> str:
    """Where it reads, on one line; nothing of it is secret."""
    found = sync.settings
    if "host" in found:
        return f"{found['user']}@{found['host']}:{found['port']}/{found['database']}"
    return "/".join(found[name] for name in ("folder", "files", "file") if name in found)


def integration_title(sync: Sync) -> str:
    """What the other system is."""
    return str(INTEGRATIONS[sync.integration].title)
