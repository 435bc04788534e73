"""The form that defines a metric without code."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenure.core.document import BadDocument
from tenure.events.access import features_for
from tenure.health.archive import keys_of_health
from tenure.health.metrics import define_metric
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.metrics.choices import field_choices
from tenure.web.metrics.document import BadDraft, metric_document, new_key
from tenure.web.metrics.draft import Draft

#: Where the cursor goes after a button of the form, which is gone by then.
_FOCUS = {
    "add_event": "event-search",
    "remove_event": "event-search",
    "add_feature": "event-search",
    "add_filter": "filter",
    "remove_filter": "add-filter",
}


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_METRICS)
def create(request: PageRequest) -> HttpResponse:
    """A new metric."""
    if request.method == "POST":
        draft = Draft.read(request.POST)
        return _save(request, draft, new_key(draft.name), None)
    return _form(request, Draft())


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_METRICS)
def edit(request: PageRequest, key: str) -> HttpResponse:
    """A new version of one's own metric; the versions before stay as they were."""
    metric = get_object_or_404(Metric, key=key, retired_at=None, built_in=False)
    if request.method == "POST":
        return _save(request, Draft.read(request.POST), key, metric)
    return _form(request, Draft.of(metric), metric)


@require_POST
@page(Permission.MANAGE_METRICS)
def fields(request: PageRequest) -> HttpResponse:
    """The form's fields after a choice or one of its buttons; nothing is saved."""
    features = features_for(request.member).filter(pk=whole(request.POST.get("add_feature", "")) or 0)
    events = [pk for pk in features.values_list("events", flat=True) if pk is not None]
    draft = Draft.read(request.POST).changed(request.POST.dict(), events)
    shown = field_choices(draft, request.member, request.POST.get("q", ""), request.POST.get("of_key", ""))
    focus = next((place for button, place in _FOCUS.items() if button in request.POST), "")
    response = render(request, "web/metrics/fields.html", {**shown, "focus": focus})
    if request.headers.get("HX-Trigger-Name") != "q":
        response["HX-Trigger-After-Swap"] = "drafted"  # the preview asks for itself anew
    return response


def _save(request: PageRequest, draft: Draft, key: str, metric: Metric | None) -> HttpResponse:
    try:
        saved = define_metric(metric_document(draft, key), actor=request.member)
    except BadDraft as error:
        return _form(request, draft, metric, error.problems)
    except BadDocument as error:
        return _form(request, draft, metric, {"name": error.problem})
    if metric is not None and saved.pk == metric.pk:
        messages.success(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Saved. Past days are computed in the background."))
    return redirect("metrics:metric", key)


def _form(
    request: PageRequest, draft: Draft, metric: Metric | None = None, problems: Mapping[str, str] | None = None
) -> HttpResponse:
    shown: dict[str, Any] = {
        "metric": metric,
        "label": metric_label(metric) if metric else "",
        "of_health": metric is not None and metric.key in keys_of_health(),
        **field_choices(draft, request.member, "", metric.key if metric else "", problems),
    }
    return render(request, "web/metrics/form.html", shown, status=422 if problems else 200)
