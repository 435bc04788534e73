"""The timeline of a customer: everything that ever happened, latest first, a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.timeline.entry import Asked, Entry, Key, Kind
from tenure.timeline.reading import read_timeline
from tenure.ui.page import PageRequest, page
from tenure.ui.text import Text
from tenure.web.customers.parts import account_of

PAGE = 15  # a screen; the next one comes when its end is near
_LABELS: dict[Kind, Text] = {
    Kind.FOLLOW_UP: gettext_lazy("Follow-ups"),
    Kind.TICKET: gettext_lazy("Tickets"),
    Kind.ANSWER: gettext_lazy("Survey answers"),
    Kind.OPPORTUNITY: gettext_lazy("Opportunities"),
    Kind.CHANGE: gettext_lazy("Changes"),
    Kind.FIELD: gettext_lazy("Synced fields"),
    Kind.SEGMENT: gettext_lazy("Segments"),
    Kind.HEALTH: gettext_lazy("Health"),
    Kind.USER: gettext_lazy("Users"),
    Kind.FEATURE: gettext_lazy("Features"),
}
FILTERS = ("kind", "who", "find", "since", "until")  # the timeline's own parameters of the customer page's address


@dataclass(frozen=True)
class Month:
    """Entries of one month; `label` is empty where the page before began it."""

    label: str
    entries: list[Entry]


@require_GET
@page(Permission.SEE_ACCOUNTS)
def timeline(request: PageRequest, pk: int) -> HttpResponse:
    """A page of it up to the as-of day; the filters are in the address of the customer page too."""
    account = account_of(request, pk)
    kinds = frozenset(Kind(each) for each in request.GET.getlist("kind") if each in list(Kind))
    asked = _asked(request, account)
    entries, whole_of_it = read_timeline(asked, kinds or frozenset(Kind))
    problem = _("Health, users and features could not be read in time. Choose a shorter time, or try again.")
    shown = entries[:PAGE]
    context = {
        "account": account,
        "months": list(_months(shown, asked)),
        "next_key": str(shown[-1].key) if len(entries) > PAGE else "",
        "problem": "" if whole_of_it else problem,
        "kinds": [(kind.value, label, kind in kinds) for kind, label in _LABELS.items()],
        "narrowed": any(request.GET.get(name) for name in FILTERS),
        "chosen": Member.objects.filter(pk=asked.person).first() if asked.person else None,
        "day": request.day,
    }
    more = "key" in request.GET
    response = render(request, "web/timeline/more.html" if more else "web/timeline/timeline.html", context)
    if request.headers.get("HX-Target") == "timeline-part" and "again" not in request.GET:
        response["HX-Push-Url"] = _page_address(request, pk)
    return response


@require_GET
@page(Permission.SEE_ACCOUNTS)
def members(request: PageRequest) -> HttpResponse:
    """Everybody who is or was here but the one `chosen` already, as options: asked for when the choice is opened."""
    others = Member.objects.exclude(pk=whole(request.GET.get("chosen", "")) or 0)
    found = others.order_by("-is_active", "name", "email").values_list("pk", "name", "email")
    options = format_html_join("", '<option value="{}">{}</option>', ((pk, name or email) for pk, name, email in found))
    return HttpResponse(options)


def _asked(request: PageRequest, account: Account) -> Asked:
    zone, get = settings.CONFIG.zone, request.GET
    try:
        before = Key.read(get["key"]) if get.get("key") else None
    except ValueError as error:
        raise Http404 from error
    first, last = _day(get.get("since", "")), _day(get.get("until", ""))
    return Asked(
        member=request.member,
        accounts=members_of(account.pk) or [account.pk],
        first_day=account.first_day,
        day=request.day,
        zone=zone,
        since=_start(first, zone) if first else None,
        until=_start(min(last or request.work_day, request.work_day) + timedelta(days=1), zone),
        person=whole(get.get("who", "")),
        text=get.get("find", "").replace("\0", "").strip()[:200],
        before=before,
        limit=PAGE + 1,
    )


def _months(entries: Sequence[Entry], asked: Asked) -> Iterator[Month]:
    begun = _month(asked.before.at, asked.zone) if asked.before else ""
    months = groupby(entries, key=lambda entry: entry.at.astimezone(asked.zone).replace(day=1).date())
    for label, some in ((date_format(first, "YEAR_MONTH_FORMAT"), some) for first, some in months):
        yield Month("" if label == begun else label, list(some))


def _month(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "YEAR_MONTH_FORMAT")


def _page_address(request: PageRequest, pk: int) -> str:
    """The customer page with these filters."""
    kept = [(key, value) for key, values in request.GET.lists() for value in values if value and key != "key"]
    address = reverse("customers:page", args=[pk])
    return f"{address}?{urlencode(kept)}#timeline" if kept else f"{address}#timeline"


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
