"""Open promises: what was said that would be done, by when, and is not done yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.listing import export_url
from tenure.ui.page import PageRequest, page
from tenure.ui.text import Text
from tenure.web.customers.parts import account_of
from tenure.web.work.promise_list import PROMISES, WHOSE, asked_for, of, state
from tenure.web.work.saved import answer
from tenure.work.access import next_steps_for
from tenure.work.models import NextStep
from tenure.work.promises import StepNotOpen, complete_step, move_step, reopen_step

PAGE = 50


@dataclass(frozen=True)
class Group:
    """Promises of one time to come; `key` is overdue, today, week, later or kept."""

    key: str
    label: Text
    steps: list[NextStep]


_LABELS: dict[str, Text] = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("Within 7 days"),
    "later": gettext_lazy("Later"),
}


@require_GET
@page(Permission.SEE_ACCOUNTS)
def promises(request: PageRequest) -> HttpResponse:
    """Those of `?whose=`, overdue first, a page at a time; with `?kept=1` those done lately."""
    whose, kept = request.GET.get("whose", ""), "kept" in request.GET
    offset = whole(request.GET.get("offset", ""), 6) or 0
    found = list(asked_for(request)[offset : offset + PAGE + 1])
    shown = {
        "groups": [Group("kept", _("Done lately"), found[:PAGE])]
        if kept and found
        else grouped(found[:PAGE], request.work_day),
        "next_offset": offset + PAGE if len(found) > PAGE else None,
        "whose": whose,
        "tabs": _tabs(whose, request.member),
        "kept": kept,
        "export": export_url(request, PROMISES, state(request)) if found else "",
        "may_log": allows(request.member, Permission.LOG_FOLLOW_UPS),
        "day": request.work_day,
    }
    part = request.headers.get("HX-Target") in ("promises-part", "promises-more")
    template = (
        "web/work/promises_more.html" if offset else "web/work/promises_part.html" if part else "web/work/promises.html"
    )
    return render(request, template, shown)


@require_GET
@page(Permission.SEE_ACCOUNTS)
def of_account(request: PageRequest, pk: int) -> HttpResponse:
    """The part of the customer page: what is promised to this customer and not done."""
    account = account_of(request, pk)
    steps = next_steps_for(request.member).filter(account=account, done_at=None).select_related("owner")
    return render(
        request, "web/work/account_promises.html", {"account": account, "steps": steps.order_by("due", "pk")[:PAGE]}
    )


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def complete(request: PageRequest, pk: int) -> HttpResponse:
    step = get_object_or_404(next_steps_for(request.member), pk=pk)
    try:
        complete_step(step, actor=request.member)
    except StepNotOpen as error:
        return answer(request, str(error), error=True)
    return answer(request, _("Done: %(what)s") % {"what": step.what}, reverse("work:reopen", args=[pk]))


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def reopen(request: PageRequest, pk: int) -> HttpResponse:
    step = get_object_or_404(next_steps_for(request.member), pk=pk)
    try:
        reopen_step(step, actor=request.member)
    except StepNotOpen as error:
        return answer(request, str(error), error=True)
    return answer(request, _("Open again: %(what)s") % {"what": step.what})


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def move(request: PageRequest, pk: int) -> HttpResponse:
    """To the day `due`."""
    step = get_object_or_404(next_steps_for(request.member), pk=pk)
    try:
        due = date.fromisoformat(request.POST.get("due", ""))
        move_step(step, due, actor=request.member)
    except ValueError:
        return answer(request, _("That is no day. Nothing was changed."), error=True)
    except StepNotOpen as error:
        return answer(request, str(error), error=True)
    return answer(request, _("Moved to %(day)s.") % {"day": due.isoformat()})


def grouped(steps: Iterable[NextStep], day: date) -> list[Group]:
    """Open promises by when they are due, seen from a day; `steps` are in the order of their due days."""
    return [Group(key, _LABELS[key], list(some)) for key, some in groupby(steps, lambda step: _when(step.due, day))]


def _when(due: date, day: date) -> str:
    if due < day:
        return "overdue"
    if due == day:
        return "today"
    return "week" if due <= day + timedelta(days=7) else "later"


def _tabs(whose: str, member: Member) -> list[tuple[str, Text, int, bool]]:
    """(whose, label, how many are open, whether it is shown)"""
    steps = next_steps_for(member).filter(done_at=None)
    return [(key, label, of(key, member, steps).count(), key == whose) for key, label in WHOSE.items()]
