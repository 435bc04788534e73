"""Saying what events mean, many at once: mark them, put them into a feature, and take that back."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tenure.events import catalogue
from tenure.events.access import catalogue_changes_for, event_types_for, features_for
from tenure.events.models import CatalogueChange, EventClass, EventType
from tenure.lib.whole import wholes
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.bulk import Ask, Bulk, Verb
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told
from tenure.warehouse.current import store


def catalogue_bulk(member: Member) -> Bulk:
    """What may be done with chosen events."""
    features = features_for(member).order_by("name").values_list("name", flat=True)
    return Bulk(
        reverse("events:mark"),
        "event",
        [Verb(label, "class", str(code)) for code, label in reversed(EventClass.choices)],
        label=_("Mark as"),
        ask=Ask(_("Put in"), "feature", _("Feature, existing or new"), list(features)),
        ask_verbs=[Verb(_("Take out"), "ungroup", "1")],
    )


@require_POST
@page(Permission.MANAGE_CATALOGUE)
def mark(request: PageRequest) -> HttpResponse:
    """Marks events (`class`), takes them out of their features (`ungroup`) or puts them into one (`feature`).

    `event` is given once for each. An empty `feature` takes them out too.
    """
    keys = wholes(request.POST.getlist("event"))
    events = event_types_for(request.member).filter(pk__any_of=keys)
    with refusals_told(request):
        change = _change(request, events)
        undo = reverse("events:catalogue_undo", args=[change.pk])
        messages.success(request, _said(change), extra_tags=undo if change.before else "")
    return redirect(way_back(request, "events:catalogue"))


@require_POST
@page(Permission.MANAGE_CATALOGUE)
def undo(request: PageRequest, change_id: int) -> HttpResponse:
    """Takes one's own change of the catalogue back."""
    change = get_object_or_404(catalogue_changes_for(request.member), pk=change_id)
    with refusals_told(request):
        catalogue.undo(change, actor=request.member, store=store())
        messages.success(request, _("Put back as it was."))
    return redirect(way_back(request, "events:catalogue"))


def _change(request: PageRequest, chosen: QuerySet[EventType]) -> CatalogueChange:
    events = list(chosen)
    if not events:
        raise catalogue.UnknownEvent(_("Select at least one event."))
    if "class" in request.POST:
        return catalogue.mark(events, _class(request.POST["class"]), actor=request.member, store=store())
    name = request.POST.get("feature", "").strip()
    if name and "ungroup" not in request.POST:
        return catalogue.group(events, name, actor=request.member, store=store())
    return catalogue.ungroup(events, actor=request.member, store=store())


def _class(code: str) -> EventClass:
    try:
        return EventClass(int(code))
    except ValueError:
        raise Http404 from None


def _said(change: CatalogueChange) -> str:
    count = len(change.before)
    if not count:
        return _("They are marked so already.")
    if change.field == CatalogueChange.Field.CLASS:
        done = ngettext("%(count)d event marked.", "%(count)d events marked.", count)
    elif change.to is None:
        done = ngettext("%(count)d event taken out of its feature.", "%(count)d events taken out of features.", count)
    else:
        done = ngettext("%(count)d event put into the feature.", "%(count)d events put into the feature.", count)
    later = _("Past days are computed again in the background.")
    return f"{done % {'count': count}} {later}"
