"""One run: each table it fetched, and what became of its rows."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tenure.integrations.access import syncs_for
from tenure.integrations.models import SyncRun
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.sync.words import run_badge

_SHOWN = 200


@require_GET
@page(Permission.IMPORT)
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """The run, as a drawer or a page."""
    run = get_object_or_404(SyncRun.objects.filter(sync__in=syncs_for(request.member)), pk=pk)
    pulls = run.pulls.select_related("file_import").order_by("pk")[:_SHOWN]
    context = {"run": run, "sync": run.sync, "badge": run_badge(run), "pulls": pulls}
    return render(request, "web/sync/run_drawer.html" if request.htmx else "web/sync/run.html", context)
