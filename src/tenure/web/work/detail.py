"""One follow-up, whole, in the drawer; and its files."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.people.permissions import Permission
from tenure.ui import numbers
from tenure.ui.page import PageRequest, page
from tenure.web.work.saved import CHANGED, answer
from tenure.work.access import attachments_for, follow_ups_for, may_edit
from tenure.work.attachments import download
from tenure.work.follow_ups import remove_file
from tenure.work.models import EarlierText, FollowUp, Sentiment

LABELS = ("type", "at", "duration_minutes", "people", "notes", "outcome", "sentiment")


@require_GET
@page(Permission.SEE_ACCOUNTS)
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """What was said and done, what was promised, how it read before."""
    return _drawer(request, _follow_up(request, pk))


@require_GET
@page(Permission.SEE_ACCOUNTS)
def attachment(request: PageRequest, pk: int) -> HttpResponseBase:
    """The file as a download."""
    file = get_object_or_404(attachments_for(request.member), pk=pk)
    try:
        return download(file)
    except FileNotFoundError as error:
        raise Http404 from error


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def remove_attachment(request: PageRequest, pk: int) -> HttpResponse:
    """Takes a file away for good, by whoever may edit its follow-up; the drawer shows the rest."""
    file = get_object_or_404(attachments_for(request.member), pk=pk)
    follow_up = _follow_up(request, file.follow_up_id)
    if not may_edit(request.member, follow_up):
        raise Http404
    remove_file(file, actor=request.member)
    said = _("%(name)s is removed.") % {"name": file.name}
    if not request.htmx:
        return answer(request, said)
    response = _drawer(request, follow_up, said)
    response["HX-Trigger"] = CHANGED
    return response


def _follow_up(request: PageRequest, pk: int) -> FollowUp:
    own = follow_ups_for(request.member).select_related("type", "account", "created_by", "edited_by")
    return get_object_or_404(own, pk=pk)


def _drawer(request: PageRequest, follow_up: FollowUp, said: str = "") -> HttpResponse:
    """The follow-up; `said` is the toast beside it."""
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
        "said": said,
    }
    return render(request, "web/work/follow_up.html", shown)


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
