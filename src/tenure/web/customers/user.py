"""One user: how they are known, where they belonged when, what they did, and which contact they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from tenure.accounts.access import users_for, visible_account_ids
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.merging.members import survivors
from tenure.accounts.models import Account, Identity, User, UserLink
from tenure.accounts.spans import Link, spans
from tenure.lib.instants import to_datetime, to_us
from tenure.people.permissions import Permission, allows
from tenure.ui.chart import Chart, Series
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.warehouse.store import EventFilter
from tenure.web.customers.stream import StreamRow, named_rows

CHART_WEEKS = 26
EVENTS = 30


@dataclass(frozen=True)
class Belonging:
    """The user belonged to the account for since <= time < until; None is open. Seen by who may see the account."""

    account: Account
    since: datetime
    until: datetime | None


@page(Permission.SEE_ACCOUNTS)
def user_detail(request: PageRequest, user_id: int) -> HttpResponse:
    user = get_object_or_404(users_for(request.member), pk=user_id)
    visible = visible_account_ids(request.member)
    first = request.day - timedelta(weeks=CHART_WEEKS) + timedelta(days=1)
    days = store().user_days(user_id, first, request.day, visible)
    shown = {
        "user": user,
        "identities": Identity.objects.filter(user=user).order_by("anonymous", "pk"),
        "belongings": _belongings(user, visible),
        "traits": sorted((name, value) for name, value in user.traits.items() if value not in ("", [], {})),
        "contacts": contacts_for(request.member).filter(user=user).select_related("account"),
        "chart": _chart(days, first) if days else None,
        "last_day": days[-1][0] if days else None,
        "events": _events(user_id, request.day, visible),
        "may_erase": allows(request.member, Permission.ERASE_PERSONAL_DATA),
        "day": request.day,
    }
    template = "web/customers/user_drawer.html" if request.htmx else "web/customers/user.html"
    return render(request, template, shown)


def _belongings(user: User, visible: frozenset[int] | None) -> list[Belonging]:
    """Latest first; merged accounts are the ones they live on in."""
    into = survivors()
    rows = UserLink.objects.filter(user=user).values_list("since", "account__external_id", "account_id")
    known = spans(Link(to_us(since), external_id, into.get(key, key)) for since, external_id, key in rows)
    accounts = Account.objects.in_bulk(list(set(known.accounts)))
    ends = [*(to_datetime(start) for start in known.starts[1:]), None]
    found = [
        Belonging(accounts[key], to_datetime(start), end)
        for start, key, end in zip(known.starts, known.accounts, ends, strict=True)
        if visible is None or key in visible
    ]
    return found[::-1]


def _chart(days: Sequence[tuple[date, int, int]], first: date) -> Chart:
    """Events a week; a week is seven days that end on the last day shown."""
    weeks = [first + timedelta(days=7 * n) for n in range(CHART_WEEKS)]
    counts = [0] * CHART_WEEKS
    for day, _events_of_day, value_events in days:
        counts[(day - first).days // 7] += value_events
    points = [(week, float(count)) for week, count in zip(weeks, counts, strict=True)]
    return Chart(_("Value events a week"), [Series(_("Value events"), points)], "count", low=0, height=160)


def _events(user_id: int, day: date, visible: frozenset[int] | None) -> list[StreamRow]:
    found = store().events(EventFilter(account_ids=visible, user_id=user_id, last=day), limit=EVENTS)
    return named_rows(found)
