"""First run: the page that creates the owner. Once a member exists it is not there any more."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tenure.lib import clock
from tenure.people import first_run
from tenure.people.login import LoginAdapter
from tenure.web.people.forms import WelcomeForm

KEY = "first_run_key"


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    if not first_run.is_fresh():
        raise Http404
    data = settings.CONFIG.data
    if "key" in request.GET:
        request.session[KEY] = request.GET["key"]
        return redirect("welcome")
    allowed = first_run.may_set_up(request.META, request.session.get(KEY, ""), data)
    if request.method == "POST" and allowed:
        return _create(request)
    form = WelcomeForm(initial={"language": get_language()})
    return _show(request, form, allowed)


def _create(request: HttpRequest) -> HttpResponse:
    form = WelcomeForm(request.POST)
    if not form.is_valid():
        return _show(request, form, True)
    given: dict[str, Any] = form.cleaned_data
    try:
        owner = first_run.create_first_owner(now=clock.now(), **given)
    except first_run.AlreadySetUp:
        raise Http404 from None
    first_run.forget_key(settings.CONFIG.data)
    LoginAdapter(request).login(request, owner)
    return redirect("home")


def _show(request: HttpRequest, form: WelcomeForm, allowed: bool) -> HttpResponse:
    context = {"form": form, "allowed": allowed, "time_zone": settings.TIME_ZONE}
    return render(request, "web/people/welcome.html", context, status=422 if form.errors else 200)
