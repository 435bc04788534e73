"""Which column of the table is which field."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenure.imports.columns import BadMapping, Mapped
from tenure.imports.kinds.all import kind_named
from tenure.integrations.access import syncs_for
from tenure.integrations.verbs import map_columns, suggested
from tenure.lib.errors import TenureError
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.imports.mapping_form import mapping_form, read_mapping


@require_http_methods(["GET", "POST"])
@page(Permission.IMPORT)
def columns(request: PageRequest, pk: int) -> HttpResponse:
    """The first rows and the mapping; a POST takes it and starts the first run."""
    sync = get_object_or_404(syncs_for(request.member), pk=pk)
    mapped: Mapped = suggested(sync)
    problems: dict[str, str] = {}
    if request.method == "POST":
        mapped, problems = read_mapping(request.POST, sync.columns)
        if not problems:
            try:
                map_columns(sync, mapped, request.member)
                return redirect("sync:one", pk)
            except BadMapping as bad:
                problems = bad.problems
            except TenureError as error:
                messages.error(request, str(error))
                return redirect("sync:one", pk)
    kind = kind_named(sync.kind)
    shown: dict[str, Any] = {
        "sync": sync,
        "kind": kind,
        "form": mapping_form(kind, sync.columns, mapped, problems, system=sync.name),
        "heads": [column["name"] for column in sync.columns],
        "steps": [_("Source"), _("Columns"), _("Runs")],
    }
    return render(request, "web/sync/columns.html", shown, status=422 if problems else 200)
