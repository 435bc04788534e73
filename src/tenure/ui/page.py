"""What every page starts with: who asks, whether they may, and as of which day."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from tenure.lib import clock
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.warehouse import current
from tenure.warehouse.store import WarehouseError

P = ParamSpec("P")


class PageRequest(HttpRequest):
    """A request of a member who may see the page.

    `day` is the as-of day: `?day=`, else the latest day with numbers, else today. `latest_day` is that latest day.
    `work_day` is the day up to which one sees what people wrote: with the latest day it is today, else the as-of day.
    """

    member: Member
    day: date
    latest_day: date
    work_day: date
    htmx: HtmxDetails


View = Callable[Concatenate[PageRequest, P], HttpResponseBase]


def page(permission: Permission | None = None) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Makes a view a page: signed in, allowed, as of a day.

    Nobody signed in: to the login page. Not allowed: 404, the same as a page that does not exist.
    """

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Member):
                return _to_login(request)
            if permission is not None and not allows(request.user, permission):
                raise Http404
            return view(_seen_by(request, request.user), *args, **kwargs)

        return guarded

    return decorate


def request_of(member: Member, query: str) -> PageRequest:
    """A request that no browser sent: a job or a command asks what a page would show the member."""
    request = PageRequest()
    request.method, request.GET, request.user = "GET", QueryDict(query), member
    request.session = SessionBase()
    return _seen_by(request, member)


def latest_day() -> date:
    """The latest day that has numbers; today when none has or the warehouse is not open."""
    today = clock.today(settings.CONFIG.zone)
    try:
        closed = current.store().closed_days()
    except WarehouseError:
        closed = None
    return min(closed[1], today) if closed else today


def as_of(text: str, latest: date) -> date:
    """The day a request asks for; one that cannot be read or lies ahead is the latest."""
    try:
        return min(date.fromisoformat(text), latest)
    except ValueError:
        return latest


def _seen_by(request: Any, member: Member) -> PageRequest:
    request.member = member
    request.latest_day = latest_day()
    request.day = as_of(request.GET.get("day", ""), request.latest_day)
    seen_now = request.day >= request.latest_day
    request.work_day = clock.today(settings.CONFIG.zone) if seen_now else request.day
    return cast(PageRequest, request)


def _to_login(request: HttpRequest) -> HttpResponseBase:
    """To the login, and from there to the page one was on: a button's address is no place to come back to."""
    if htmx := HtmxDetails(request):
        # A part of a page cannot show the login page: the whole page goes there.
        here = htmx.current_url_abs_path
        return HttpResponseClientRedirect(redirect_to_login(here).url if here else reverse("account_login"))
    return redirect_to_login(request.get_full_path() if request.method == "GET" else way_back(request, "home"))


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address a form says it came from, on this site only; else that of the route named `otherwise`."""
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else reverse(otherwise)
