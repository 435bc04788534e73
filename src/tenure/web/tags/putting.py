"""Putting tags on one customer or many, and taking them off; the toast takes that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tenure.accounts.access import accounts_for, check_sees_all_of
from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.lib.errors import TenureError
from tenure.lib.whole import wholes
from tenure.people.permissions import Permission
from tenure.segments.tags.putting import put_on, taggings_by, take_back, take_off
from tenure.segments.tags.tag import FIELD, Tag, tag_called, tags_field, tags_of
from tenure.ui.numbers import number
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told
from tenure.web.cards.moments import looking
from tenure.web.cards.shown import known_of
from tenure.web.customers.parts import account_of
from tenure.web.tags.shown import tags_at


@require_GET
@page(Permission.SEE_ACCOUNTS)
def part(request: PageRequest, pk: int) -> HttpResponse:
    """A customer's tags, after they were changed elsewhere on the page."""
    return _part(request, account_of(request, pk))


@require_POST
@page(Permission.EDIT_FIELDS)
def change(request: PageRequest, pk: int) -> HttpResponse:
    """`on` or `off` names the tag that is put on the customer, or taken off."""
    account = account_of(request, pk)
    done, value = (put_on, request.POST["on"]) if "on" in request.POST else (take_off, request.POST.get("off", ""))
    try:
        activity = done([account], [value], actor=request.member)
    except TenureError as error:
        return _part(request, account, problem=str(error))
    response = _part(request, account, activity=activity)
    response["HX-Trigger"] = "fields-changed"
    return response


@require_POST
@page(Permission.EDIT_FIELDS)
def change_many(request: PageRequest) -> HttpResponse:
    """The tag called `name`, put on the chosen customers (`account`, once for each); with `off`, taken off them."""
    accounts = list(accounts_for(request.member).filter(pk__any_of=wholes(request.POST.getlist("account"))))
    named = tag_called(request.POST.get("name", ""), tags_of(tags_field()))
    if not accounts or named is None:
        none = _("There is no tag of this name. Choose one of those offered, or make it under Settings › Tags.")
        wrong = none if accounts else _("Select at least one customer.")
        messages.error(request, wrong)
        return redirect(way_back(request, "customers:list"))
    off = "off" in request.POST
    with refusals_told(request):
        activity = (take_off if off else put_on)(accounts, [named.value], actor=request.member)
        _say(request, named, activity, off=off)
    return redirect(way_back(request, "customers:list"))


@require_POST
@page(Permission.EDIT_FIELDS)
def undo(request: PageRequest, activity_id: int) -> HttpResponse:
    """Takes back one's own doing, on customers one still sees."""
    activity = get_object_or_404(taggings_by(request.member), pk=activity_id)
    with refusals_told(request):
        check_sees_all_of(activity, request.member)
        back = take_back(activity, actor=request.member)
        messages.success(request, _("Put back as it was.") if back else _("It is so already."))
    return redirect(way_back(request, "customers:list"))


def _say(request: PageRequest, tag: Tag, activity: Activity | None, *, off: bool) -> None:
    if activity is None:
        messages.success(request, _("It is so already."))
        return
    count = activity.accounts.count()
    if off:
        said = ngettext("“%(tag)s” taken off %(count)s customer.", "“%(tag)s” taken off %(count)s customers.", count)
    else:
        said = ngettext("“%(tag)s” put on %(count)s customer.", "“%(tag)s” put on %(count)s customers.", count)
    undo = reverse("tags:undo", args=[activity.pk])
    messages.success(request, said % {"tag": tag, "count": number(count)}, extra_tags=undo)


def _part(
    request: PageRequest, account: Account, *, activity: Activity | None = None, problem: str = ""
) -> HttpResponse:
    shown = {
        "account": account,
        "tags": tags_at(request, known_of(account, [FIELD], looking(request))),
        "activity": activity,
        "problem": problem,
    }
    return render(request, "web/tags/part.html", shown, status=422 if problem else 200)
