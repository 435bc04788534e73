"""One sync: how it is, its runs, and what can be done with it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.accounts.models import Field
from tenure.imports.kinds.all import kind_named
from tenure.integrations.access import syncs_for
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.runs import ACTIVE, settle
from tenure.integrations.sql import cursor
from tenure.people.permissions import Permission
from tenure.ui.numbers import duration
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Column, Empty, Row, Table, TableState
from tenure.web.sync.words import integration_title, place_words, run_badge, schedule_words, sync_badge

COLUMNS = [
    Column("created", gettext_lazy("Run"), kind="moment"),
    Column("state", gettext_lazy("State"), sort=False),
    Column("rows", gettext_lazy("Rows"), kind="number", sort=False),
    Column("new", gettext_lazy("New"), kind="number", sort=False),
    Column("changed", gettext_lazy("Changed"), kind="number", sort=False),
    Column("same", gettext_lazy("As before"), kind="number", sort=False),
    Column("refused", gettext_lazy("Refused"), kind="number", sort=False),
    Column("after", gettext_lazy("Came to"), sort=False, shown=False),
    Column("by", gettext_lazy("By"), sort=False),
    Column("took", gettext_lazy("Took"), sort=False),
    Column("error", gettext_lazy("What went wrong"), kind="words", sort=False),
]


@require_GET
@page(Permission.IMPORT)
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """The sync with its runs, latest first."""
    sync = get_object_or_404(syncs_for(request.member), pk=pk)
    settle(sync)
    sync.refresh_from_db()
    state = TableState.read(request, "sync-runs", COLUMNS, sort="created", descending=True)
    found = sync.runs.select_related("asked_by").order_by("-pk" if state.descending else "pk")
    rows = [_row(run) for run in found[state.offset : state.offset + state.limit]]
    empty = Empty(_("It has not run yet"), _("Its runs stand here, each with what it brought."), icon="clock")
    table = Table(state, rows, found.count(), empty, searchable=False)
    return table.respond(request, "web/sync/one.html", _context(sync))


@require_GET
@page(Permission.IMPORT)
def progress(request: PageRequest, pk: int) -> HttpResponse:
    """How far its run is, asked for every two seconds; the page is loaded anew once it has ended."""
    sync = get_object_or_404(syncs_for(request.member), pk=pk)
    settle(sync)
    shown = _context(sync)
    response = render(request, "web/sync/progress.html", shown)
    if shown["run"] is None:
        response["HX-Refresh"] = "true"
    return response


def _context(sync: Sync) -> dict[str, Any]:
    last = sync.runs.select_related("job").order_by("-pk").first()
    run = last if last is not None and last.state in ACTIVE else None
    job = run.job if run else None
    return {
        "sync": sync,
        "badge": sync_badge(sync, last),
        "kind": kind_named(sync.kind),
        "integration": integration_title(sync),
        "place": place_words(sync),
        "schedule": schedule_words(sync),
        "query": sync.settings.get("query", ""),
        "came_to": cursor.shown(sync),
        "owned": list(Field.objects.filter(key__in=sync.owned, synced_from=sync.name)),
        "last": last,
        "run": run,
        "share": job.done_units / job.total_units if job and job.total_units and job.done_units else None,
        "stopping": job is not None and job.stop_asked_at is not None,
    }


def _row(run: SyncRun) -> Row:
    href = reverse("sync:run_detail", args=[run.pk])
    took = (run.ended_at - run.started_at).total_seconds() if run.ended_at and run.started_at else None
    return Row(
        {
            "created": run.started_at or run.created_at,
            "state": run_badge(run),
            **{name: getattr(run, name) for name in ("rows", "new", "changed", "same", "refused")},
            "after": run.cursor_after,
            "by": str(run.asked_by or "Tenure"),
            "took": duration(took) if took is not None else None,
            "error": run.error[:200] or _few(run),
        },
        href=href,
        drawer=href,
    )


def _few(run: SyncRun) -> str:
    if not run.usual_rows:
        return ""
    return _("Less than half of the usual %(rows)d rows.") % {"rows": run.usual_rows}
