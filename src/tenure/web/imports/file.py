"""One file on its way: its columns, what the check found, how far it is, what became of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.imports.access import imports_for
from tenure.imports.columns import Mapped
from tenure.imports.customers import customers_of
from tenure.imports.kinds.all import kind_named
from tenure.imports.models import FileImport, ImportState
from tenure.imports.verbs import AT_WORK, STARTABLE, UNDOABLE, settle
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.text import Text
from tenure.web.imports.list import badge
from tenure.web.imports.mapping_form import of_file

SHOWN_REFUSALS = 50
_STEPS = {ImportState.UPLOADED: 1, ImportState.CHECKING: 2, ImportState.CHECKED: 2}


@dataclass(frozen=True)
class Figure:
    """A count of rows with its word."""

    label: Text
    count: int
    tone: str = ""


@require_GET
@page(Permission.IMPORT)
def detail(request: PageRequest, pk: int) -> HttpResponse:
    file_import = settle(get_object_or_404(imports_for(request.member), pk=pk))
    shown = context(file_import)
    if file_import.state == ImportState.UPLOADED or (shown["may_map"] and "columns" in request.GET):
        shown |= {"form": of_file(file_import, Mapped.of(file_import.mapping)), "mapping": True, "step": 1}
    return render(request, "web/imports/file.html", shown)


@require_GET
@page(Permission.IMPORT)
def progress(request: PageRequest, pk: int) -> HttpResponse:
    """How far it is, asked for every second; the page is loaded anew once nothing is at work any more."""
    file_import = settle(get_object_or_404(imports_for(request.member), pk=pk))
    response = render(request, "web/imports/progress.html", context(file_import))
    if file_import.state not in AT_WORK:
        response["HX-Refresh"] = "true"
    return response


def context(file_import: FileImport) -> dict[str, Any]:
    """What every page about the file shows."""
    kind, state, job = kind_named(file_import.kind), ImportState(file_import.state), file_import.job
    begun = file_import.done_rows > 0
    counted = _counts(file_import, begun)
    refusals = file_import.refusals.filter(checked=not begun).order_by("line", "pk")
    return {
        "file": file_import,
        "kind": kind,
        "badge": badge(file_import),
        "at_work": state in AT_WORK,
        "share": job.done_units / job.total_units if job and job.total_units else None,
        "stopping": job is not None and job.stop_asked_at is not None,
        "figures": counted,
        "rows": sum(figure.count for figure in counted),
        "to_bring": sum(figure.count for figure in counted[:2]),
        "preview": [] if begun or not file_import.checked else file_import.checked["preview"],
        "refusals": _refusals(refusals),
        "shown_rows": SHOWN_REFUSALS,
        "refused": counted[3].count if counted else 0,
        "may_map": state in (ImportState.CHECKED, ImportState.FAILED, ImportState.STOPPED) and not begun,
        "may_start": _may_start(file_import, sum(figure.count for figure in counted[:2])),
        "may_undo": state in UNDOABLE and begun,
        "customers": customers_of(file_import),
        "step": 3 if begun else _STEPS.get(state, 3 if state == ImportState.RUNNING else 2),
        "steps": [_("File"), _("Columns"), _("Check"), _("Import")],
    }


def _may_start(file_import: FileImport, to_bring: int) -> bool:
    able = ImportState(file_import.state) in STARTABLE and file_import.checked is not None
    return able and (to_bring > 0 or file_import.done_rows > 0)


def _counts(file_import: FileImport, begun: bool) -> list[Figure]:
    if not begun and not file_import.checked:
        return []
    found: dict[str, Any] = file_import.checked or {}
    if begun:
        found = {name: getattr(file_import, name) for name in ("new", "changed", "same", "refused")}
    return [
        Figure(_("New"), found["new"], "accent"),
        Figure(_("Changed"), found["changed"], "accent"),
        Figure(_("As before"), found["same"]),
        Figure(_("Refused"), found["refused"], "at-risk" if found["refused"] else ""),
    ]


def _refusals(rows: Any) -> list[tuple[int, str, str, str]]:
    """(line, column, value, reason) of the first refused rows."""
    return [(row.line, *problem) for row in rows[:SHOWN_REFUSALS] for problem in row.problems]
