"""Following an invitation: the page that sets name and password, in the language the inviter chose."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people import invitations
from tenure.people.login import LoginAdapter
from tenure.people.models import Invitation
from tenure.web.people.forms import JoinForm


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Opens to whoever has the link, while it works."""
    slowed: HttpResponse | None = ratelimit.consume_or_429(request, action="invitation")
    if slowed is not None:
        return slowed
    try:
        invitation = invitations.find(key, clock.now())
    except invitations.InvitationOver as error:
        return render(request, "web/people/invitation_over.html", {"why": str(error)}, status=410)
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if language not in dict(settings.LANGUAGES):  # nobody chose one on this page yet
        translation.activate(invitation.language)
    return _answer(request, invitation)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            member = invitations.accept(invitation, language=translation.get_language(), **form.cleaned_data)
        except TenureError as error:
            return render(request, "web/people/invitation_over.html", {"why": str(error)}, status=410)
        logout(request)  # whoever was signed in here made room for the new member
        LoginAdapter(request).login(request, member)
        messages.success(request, translation.gettext("Welcome to Tenure."))
        return redirect("home")
    context = {"form": form, "invitation": invitation}
    return render(request, "web/people/join.html", context, status=422 if form.errors else 200)
