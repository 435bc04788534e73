"""Product features: groups of events, and the value events in none."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.events import catalogue
from tenure.events.access import event_types_for, features_for
from tenure.events.models import EventClass
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.warehouse.current import store

MOST_LOOSE = 60


@require_GET
@page(Permission.MANAGE_CATALOGUE)
def index(request: PageRequest) -> HttpResponse:
    """Every feature with its events, and the first value events that are in none."""
    found = features_for(request.member).prefetch_related("events").order_by("name")
    loose = event_types_for(request.member).filter(feature=None, event_class=EventClass.VALUE).order_by("name")
    context = {"features": found, "loose": loose[:MOST_LOOSE], "loose_more": max(0, loose.count() - MOST_LOOSE)}
    return render(request, "events/features.html", context)


@require_POST
@page(Permission.MANAGE_CATALOGUE)
def change(request: PageRequest) -> HttpResponse:
    """Renames or deletes a feature; deleting leaves its events as they are, each a feature of its own."""
    feature = get_object_or_404(features_for(request.member), pk=whole(request.POST.get("feature", "")))
    with refusals_told(request):
        if request.POST.get("verb") == "delete":
            catalogue.delete_feature(feature, actor=request.member, store=store())
            messages.success(request, _("Deleted. Its events count as features of their own again."))
        else:
            catalogue.rename_feature(feature, request.POST.get("name", ""), actor=request.member)
            messages.success(request, _("Renamed."))
    return redirect("events:features")
