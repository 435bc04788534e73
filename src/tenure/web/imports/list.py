"""Every file that was imported, or is about to be."""

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.imports.access import imports_for
from tenure.imports.kinds.all import KINDS
from tenure.imports.models import FileImport, ImportState
from tenure.imports.verbs import settle
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState

COLUMNS = [
    Column("name", gettext_lazy("File"), sort=False),
    Column("kind", gettext_lazy("What it holds"), sort=False),
    Column("state", gettext_lazy("State"), sort=False),
    Column("new", gettext_lazy("New"), kind="number", sort=False),
    Column("changed", gettext_lazy("Changed"), kind="number", sort=False),
    Column("same", gettext_lazy("As before"), kind="number", sort=False, shown=False),
    Column("refused", gettext_lazy("Refused"), kind="number", sort=False),
    Column("by", gettext_lazy("By"), sort=False),
    Column("created", gettext_lazy("Uploaded"), kind="moment"),
]
TONES = {
    ImportState.CHECKED: "accent",
    ImportState.CHECKING: "accent",
    ImportState.RUNNING: "accent",
    ImportState.DONE: "healthy",
    ImportState.FAILED: "at-risk",
    ImportState.STOPPED: "average",
}


@require_GET
@page(Permission.IMPORT)
def index(request: PageRequest) -> HttpResponse:
    """The imports, latest first."""
    state, found = _asked(request)
    counts = dict(_sent(request).order_by().values_list("kind").annotate(Count("id")))
    wanted = request.GET.get("kind", "")
    chips = [Chip(_("All"), sum(counts.values()), state.url(kind=None), active=wanted not in KINDS)]
    for key, kind in KINDS.items():
        if key in counts:
            on = wanted == key
            chips.append(Chip(kind.title, counts[key], state.url(kind=None if on else key), active=on))
    rows = [_row(settle(each)) for each in found[state.offset : state.offset + state.limit]]
    empty = Empty(
        _("Nothing was imported yet"),
        _("Customers, contacts, follow-ups and more, from CSV, Excel, Parquet or JSON. You see changes first."),
        _("Import a file"),
        reverse("imports:new"),
        "upload",
    )
    table = Table(
        state,
        rows,
        found.count(),
        empty,
        export=export_url(request, IMPORTS, state),
        chips=chips,
        search_hint=_("Search files"),
    )
    return table.respond(request, "web/imports/list.html")


def every_import(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, found = _asked(request)
    return Listed(state, found.count(), (_row(settle(each)) for each in found.iterator()))


IMPORTS = register(Listing("imports", gettext_lazy("Imports"), Permission.IMPORT, "imports:list", every_import))


def _sent(request: PageRequest) -> QuerySet[FileImport]:
    """What people sent; what syncs brought is with their runs."""
    return imports_for(request.member).filter(system="")


def _asked(request: PageRequest) -> tuple[TableState, QuerySet[FileImport]]:
    state = TableState.read(request, "imports", COLUMNS, sort="created", descending=True)
    found = _sent(request).select_related("created_by", "job")
    if (kind := request.GET.get("kind", "")) in KINDS:
        found = found.filter(kind=kind)
    if state.search:
        found = found.filter(name__icontains=state.search)
    return state, found.order_by("-created_at" if state.descending else "created_at", "-pk")


def badge(file_import: FileImport) -> Badge:
    """The state in a word."""
    state = ImportState(file_import.state)
    return Badge(state.label, TONES.get(state, "unknown"))


def _row(file_import: FileImport) -> Row:
    href = reverse("imports:file", args=[file_import.pk])
    begun = bool(file_import.done_rows)
    kind = KINDS.get(file_import.kind)
    return Row(
        {
            "name": Link(file_import.name, href),
            "kind": kind.title if kind else file_import.kind,
            "state": badge(file_import),
            "new": file_import.new if begun else None,
            "changed": file_import.changed if begun else None,
            "same": file_import.same if begun else None,
            "refused": file_import.refused if begun else None,
            "by": str(file_import.created_by or "–"),
            "created": file_import.created_at,
        },
        href=href,
    )
