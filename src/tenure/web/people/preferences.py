"""A member's name, language and theme."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.people.models import Member, Theme
from tenure.people.preferences import UnknownChoice, change_preferences, choose_language, choose_theme
from tenure.people.scope import scope_of
from tenure.ui.page import PageRequest, page
from tenure.web.people.forms import PreferencesForm


@page()
def preferences(request: PageRequest) -> HttpResponse:
    member = request.member
    defaults = {"language": member.language or translation.get_language(), "theme": member.theme or Theme.AUTO}
    form = PreferencesForm(request.POST or None, instance=member, initial=defaults)
    if request.method == "POST" and form.is_valid():
        # The form has set them on the instance already; the verb must see what was there.
        member.refresh_from_db()
        change_preferences(member, form.cleaned_data)
        translation.activate(member.language)
        messages.success(request, _("Saved."))
        return redirect("preferences")
    context = {"form": form, "time_zone": settings.TIME_ZONE, "scope": scope_of(member).label}
    return render(request, "web/people/preferences.html", context, status=422 if form.errors else 200)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switches the language: for a member for good, for a stranger by a cookie."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise Http404
    if isinstance(request.user, Member):
        choose_language(request.user, wanted)
    response = _back(request)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 86400, samesite="Lax")
    return response


@page()
def theme(request: PageRequest) -> HttpResponse:
    """Light, dark or as the system has it."""
    if request.method != "POST":
        raise Http404
    try:
        choose_theme(request.member, request.POST.get("theme", ""))
    except UnknownChoice:
        raise Http404 from None
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(asked if safe else "/")
