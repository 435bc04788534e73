"""The member's own files: those being made, and those ready to be taken."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from tenure.exports.access import exports_for
from tenure.exports.models import Export, ExportState
from tenure.exports.sending import send_kept
from tenure.exports.verbs import remove, settle
from tenure.lib.whole import wholes
from tenure.people.permissions import Permission
from tenure.ui.bulk import Bulk, Verb
from tenure.ui.listing import Listing, listings
from tenure.ui.numbers import share, size
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Badge, Column, Empty, Link, Row, Table, TableState

COLUMNS = [
    Column("file", gettext_lazy("File"), sort=False),
    Column("list", gettext_lazy("List"), sort=False),
    Column("state", gettext_lazy("State"), sort=False),
    Column("rows", gettext_lazy("Rows"), "number", sort=False),
    Column("size", gettext_lazy("Size"), sort=False),
    Column("asked", gettext_lazy("Asked for"), "moment"),
    Column("until", gettext_lazy("Kept until"), "day", sort=False),
]
TONES = {ExportState.MAKING: "accent", ExportState.DONE: "healthy", ExportState.FAILED: "at-risk"}


@require_GET
@page(Permission.EXPORT)
def index(request: PageRequest) -> HttpResponse:
    """The files, latest first; asked for again every second while one is being made."""
    state = TableState.read(request, "exports", COLUMNS, sort="asked", descending=True)
    found = exports_for(request.member).select_related("job").order_by("-pk" if state.descending else "pk")
    shown = [settle(each) for each in found[state.offset : state.offset + state.limit]]
    empty = Empty(
        _("No file is waiting for you"),
        _("Every list has an Export button. Long lists are made in the background, and are ready here when done."),
        icon="download",
    )
    known = listings()
    rows = [_row(each, known.get(each.listing)) for each in shown]
    bulk = Bulk(reverse("exports:remove"), "export", [Verb(_("Throw away"), "verb", "remove")])
    table = Table(state, rows, found.count(), empty, searchable=False, caption=_("Exports"), bulk=bulk)
    context = {"working": any(each.state == ExportState.MAKING for each in shown), "days": settings.CONFIG.export_days}
    return table.respond(request, "web/exports/list.html", context)


@require_GET
@page(Permission.EXPORT)
def download(request: PageRequest, pk: int) -> FileResponse:
    """A file that is ready, to the member who asked for it, while they may still see the list."""
    return send_kept(get_object_or_404(exports_for(request.member), pk=pk), request.member)


@require_POST
@page(Permission.EXPORT)
def remove_chosen(request: PageRequest) -> HttpResponse:
    """Throws the chosen files (`export`, once for each) away."""
    chosen = list(exports_for(request.member).filter(pk__any_of=wholes(request.POST.getlist("export"))))
    if not chosen:
        messages.error(request, _("Select at least one file."))
        return redirect("exports:list")
    remove(chosen, request.member)
    said = ngettext("%(count)d file was thrown away.", "%(count)d files were thrown away.", len(chosen))
    messages.success(request, said % {"count": len(chosen)})
    return redirect("exports:list")


def _row(export: Export, listing: Listing | None) -> Row:
    state = export.standing
    ready = state is ExportState.DONE
    cells: dict[str, Any] = {
        "file": Link(export.file_name, reverse("exports:file", args=[export.pk]), sub=_("Download"))
        if ready
        else export.file_name,
        "list": Link(listing.title, f"{reverse(listing.page)}?{export.query}") if listing else export.listing,
        "state": Badge(_said(export, state), TONES.get(state, "unknown")),
        "rows": export.rows if export.rows is not None else export.total,
        "size": size(export.bytes) if ready else None,
        "asked": export.asked_at,
        "until": export.kept_until.date() if ready else None,
    }
    return Row(cells, key=str(export.pk))


def _said(export: Export, state: ExportState) -> str:
    """The state, how far it is while the file is made, and why there is none."""
    job = export.job
    if state is ExportState.MAKING and job and job.total_units:
        return f"{state.label} · {share(job.done_units / job.total_units)}"
    return export.error or str(state.label)
