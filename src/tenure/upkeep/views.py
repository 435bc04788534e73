"""The system page: is Tenure well, its backups, and the notices it left."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure import __version__
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.upkeep import verbs
from tenure.upkeep.access import backups_for, notices_for
from tenure.upkeep.status import status_now
from tenure.warehouse import current
from tenure.warehouse.store import WarehouseError


@require_GET
@page(Permission.MANAGE_JOBS)
def system(request: PageRequest) -> HttpResponse:
    """How this installation is doing."""
    try:
        store = current.store()
    except WarehouseError:
        store = None
    context = {
        "status": status_now(),
        "totals": store.totals() if store else None,
        "notices": notices_for(request.member).filter(dismissed_at=None).order_by("-id"),
        "backups": backups_for(request.member).order_by("-created_at"),
        "config": settings.CONFIG,
        "version": __version__,
    }
    return render(request, "upkeep/system.html", context)


@require_POST
@page(Permission.MANAGE_JOBS)
def dismiss(request: PageRequest, notice_id: int) -> HttpResponse:
    """Takes a notice off everybody's screen; who did it is kept."""
    verbs.dismiss(get_object_or_404(notices_for(request.member), pk=notice_id), actor=request.member)
    return redirect("upkeep:system")


@require_POST
@page(Permission.MANAGE_JOBS)
def back_up_now(request: PageRequest) -> HttpResponse:
    """Asks for a backup."""
    verbs.ask_for_backup(actor=request.member)
    messages.success(request, _("The backup is being made; it appears here when it is verified."))
    return redirect("upkeep:system")


@require_POST
@page(Permission.MANAGE_JOBS)
def verify(request: PageRequest, backup_id: int) -> HttpResponse:
    """Has a backup checked again."""
    backup = get_object_or_404(backups_for(request.member), pk=backup_id)
    verbs.ask_to_verify(backup, actor=request.member)
    messages.success(request, _("The backup is being verified. Should it not be whole, a notice here says so."))
    return redirect("upkeep:system")
