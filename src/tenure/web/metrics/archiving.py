"""Archiving a metric of one's own, and putting it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.health.archive import archive_metric, restore_metric
from tenure.health.models import Metric
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told


@require_POST
@page(Permission.MANAGE_METRICS)
def archive(request: PageRequest, key: str) -> HttpResponse:
    """Takes the metric out of use; the toast takes it back."""
    metric = get_object_or_404(Metric, key=key, retired_at=None, built_in=False)
    with refusals_told(request):
        archive_metric(metric, actor=request.member)
        undo = reverse("metrics:restore", args=[key])
        messages.success(request, _("Archived. Its numbers are kept."), extra_tags=undo)
    return redirect("metrics:metric", key)


@require_POST
@page(Permission.MANAGE_METRICS)
def restore(request: PageRequest, key: str) -> HttpResponse:
    """Puts an archived metric back into use."""
    get_object_or_404(Metric.objects.filter(key=key, built_in=False).order_by("-version")[:1])
    with refusals_told(request):
        restore_metric(key, actor=request.member)
        messages.success(request, _("Back in use. The days since are computed in the background."))
    return redirect("metrics:metric", key)
