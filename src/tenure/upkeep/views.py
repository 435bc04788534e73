"""The system page: is Tenure well, its backups, and the notices it left."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure import __version__
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.upkeep.models import Backup, Notice
from tenure.upkeep.status import status_now
from tenure.warehouse import current
from tenure.warehouse.store import WarehouseError

ASKED = verb("backup.asked", gettext_lazy("{by} asked for a backup"), False)
DISMISSED = verb("notice.dismissed", gettext_lazy("{by} has read the notice {subject}"), False)


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
        "notices": Notice.objects.filter(dismissed_at=None).order_by("-id"),
        "backups": Backup.objects.order_by("-created_at"),
        "config": settings.CONFIG,
        "version": __version__,
    }
    return render(request, "upkeep/system.html", context)


@require_POST
@page(Permission.MANAGE_JOBS)
def dismiss(request: PageRequest, notice_id: int) -> HttpResponse:
    """Takes a notice off everybody's screen; who did it is kept."""
    notice = get_object_or_404(Notice, pk=notice_id)
    with transaction.atomic():
        unread = Notice.objects.filter(pk=notice.pk, dismissed_at=None)
        if unread.update(dismissed_at=clock.now(), dismissed_by=request.member):
            record(DISMISSED, request.member, subject=Subject("notice", notice.pk, notice.get_kind_display()))
    return redirect("upkeep:system")


@require_POST
@page(Permission.MANAGE_JOBS)
def back_up_now(request: PageRequest) -> HttpResponse:
    """Asks for a backup."""
    with transaction.atomic():
        enqueue("backup", key="backup", actor=request.member)
        record(ASKED, request.member)
    messages.success(request, _("The backup is being made; it appears here when it is verified."))
    return redirect("upkeep:system")
