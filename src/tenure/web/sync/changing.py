"""Running, stopping, pausing and deleting."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.integrations import verbs
from tenure.integrations.access import syncs_for
from tenure.integrations.models import Sync
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told


@require_POST
@page(Permission.IMPORT)
def run(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.run_now, _("It runs."))


@require_POST
@page(Permission.IMPORT)
def anew(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.run_anew, _("It fetches everything again."))


@require_POST
@page(Permission.IMPORT)
def stop(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.stop, _("It stops as soon as it can."))


@require_POST
@page(Permission.IMPORT)
def pause(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.pause, _("Paused. It no longer runs by itself."))


@require_POST
@page(Permission.IMPORT)
def resume(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.resume, _("It runs by its schedule again."))


@require_POST
@page(Permission.IMPORT)
def delete(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.delete, _("Deleted. What it brought stays."))


def _do(request: PageRequest, pk: int, verb: Callable[[Sync, Member], Any], said: str) -> HttpResponse:
    sync = get_object_or_404(syncs_for(request.member), pk=pk)
    with refusals_told(request):
        verb(sync, request.member)
        messages.success(request, said)
    return redirect("sync:list") if sync.pk is None else redirect("sync:one", pk)
