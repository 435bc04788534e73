"""Starting, stopping, undoing and throwing away."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.imports import verbs
from tenure.imports.access import imports_for
from tenure.imports.models import FileImport
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told


@require_POST
@page(Permission.IMPORT)
def start(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.start, "")


@require_POST
@page(Permission.IMPORT)
def stop(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.stop, _("It stops as soon as it can."))


@require_POST
@page(Permission.IMPORT)
def undo(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.undo, "")


@require_POST
@page(Permission.IMPORT)
def discard(request: PageRequest, pk: int) -> HttpResponse:
    return _do(request, pk, verbs.discard, _("Thrown away. Nothing of it was imported."))


def _do(request: PageRequest, pk: int, verb: Callable[[FileImport, Member], None], said: str) -> HttpResponse:
    file_import = get_object_or_404(imports_for(request.member), pk=pk)
    with refusals_told(request):
        verb(file_import, request.member)
        if said:
            messages.success(request, said)
    return redirect("imports:list") if file_import.pk is None else redirect("imports:file", pk)
