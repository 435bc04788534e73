"""One follow-up, whole, in the drawer; and its files."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.people.permissions import Permission
from tenure.ui import numbers
from tenure.ui.page import PageRequest, page
from tenure.work.access import attachments_for, follow_ups_for, may_edit
from tenure.work.attachments import download
from tenure.work.models import EarlierText, Sentiment

LABELS = ("type", "at", "duration_minutes", "people", "notes", "outcome", "sentiment")


@require_GET
@page(Permission.SEE_ACCOUNTS)
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """What was said and done, what was promised, how it read before."""
    own = follow_ups_for(request.member).select_related("type", "account", "created_by", "edited_by")
    follow_up = get_object_or_404(own, pk=pk)
    people = list(follow_up.participants.order_by("-ours", "pk"))
    shown = {
        "follow_up": follow_up,
        "ours": [each for each in people if each.ours],
        "theirs": [each for each in people if not each.ours],
        "sentiment": follow_up.sentiment,
        "steps": follow_up.next_steps.select_related("owner", "done_by").order_by("due", "pk"),
        "files": follow_up.attachments.order_by("pk"),
        "earlier": [
            (each, _earlier(each)) for each in follow_up.earlier_texts.select_related("edited_by").order_by("-pk")
        ],
        "may_edit": may_edit(request.member, follow_up),
    }
    return render(request, "web/work/follow_up.html", shown)


@require_GET
@page(Permission.SEE_ACCOUNTS)
def attachment(request: PageRequest, pk: int) -> HttpResponseBase:
    """The file as a download."""
    file = get_object_or_404(attachments_for(request.member), pk=pk)
    try:
        return download(file)
    except FileNotFoundError as error:
        raise Http404 from error


def _earlier(text: EarlierText) -> list[tuple[str, Any]]:
    """(label, how it read) of what the edit changed."""
    labels = {
        "type": _("Type"),
        "at": _("When"),
        "duration_minutes": _("Minutes"),
        "people": _("Took part"),
        "notes": _("Notes"),
        "outcome": _("Outcome"),
        "sentiment": _("Sentiment"),
    }
    return [(labels[name], _said(name, text.fields[name])) for name in LABELS if name in text.fields]


def _said(name: str, value: Any) -> Any:
    if value in (None, ""):
        return "–"
    if name == "sentiment":
        return Sentiment(value).label
    return numbers.moment(datetime.fromisoformat(value)) if name == "at" else value
