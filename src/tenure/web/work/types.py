"""The settings page of the types of follow-ups."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.work.access import types_for
from tenure.work.models import FollowUp, FollowUpType
from tenure.work.types import add_type, archive_type, rename_type, restore_type

CHINESE = "zh-hans"


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_FOLLOW_UP_TYPES)
def types(request: PageRequest) -> HttpResponse:
    """The list; a POST adds one."""
    if request.method == "POST":
        return _done(request, lambda: add_type(_names(request), actor=request.member), _("Added."))
    uses = dict(FollowUp.objects.values_list("type").annotate(count=Count("pk")))
    rows = [
        (each, each.names.get("en") or each.name, each.names.get(CHINESE, ""), _in_chinese(each), uses.get(each.pk, 0))
        for each in types_for(request.member).order_by(F("archived_at").asc(nulls_first=True), "position", "pk")
    ]
    return render(request, "web/work/types.html", {"rows": rows})


@require_POST
@page(Permission.MANAGE_FOLLOW_UP_TYPES)
def rename(request: PageRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(types_for(request.member), pk=pk)
    return _done(request, lambda: rename_type(own, _names(request), actor=request.member), _("Saved."))


@require_POST
@page(Permission.MANAGE_FOLLOW_UP_TYPES)
def archive(request: PageRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(types_for(request.member), pk=pk)
    undo = reverse("work:restore_type", args=[pk])
    said = _("Archived. Follow-ups of this type keep it.")
    return _done(request, lambda: archive_type(own, actor=request.member), said, undo)


@require_POST
@page(Permission.MANAGE_FOLLOW_UP_TYPES)
def restore(request: PageRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(types_for(request.member), pk=pk)
    return _done(request, lambda: restore_type(own, actor=request.member), _("It can be chosen again."))


def _in_chinese(type: FollowUpType) -> str:
    """What it is called there, whether somebody named it or not."""
    with override(CHINESE):
        return str(type)


def _names(request: PageRequest) -> dict[str, str]:
    return {"en": request.POST.get("name", ""), CHINESE: request.POST.get("name_zh", "")}


def _done(request: PageRequest, verb: Callable[[], object], said: str, undo: str = "") -> HttpResponse:
    with refusals_told(request):
        verb()
        messages.success(request, said, extra_tags=undo)
    return redirect("work:types")
