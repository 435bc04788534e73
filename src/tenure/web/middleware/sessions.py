"""Ends sessions that were not used for hours or last too long, and asks for the second factor where it is required."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.lib import clock
from tenure.people import sessions
from tenure.people.login import SESSION_KEY
from tenure.people.models import Member, MemberSession
from tenure.people.second_factor import lacks_required
from tenure.people.sessions import Visit


class Sessions:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, Member):
            _visit(request, request.user)
        if isinstance(request.user, Member) and _needs_second_factor(request, request.user):
            return redirect("mfa_index")
        response = self.get_response(request)
        if isinstance(request.user, Member) and SESSION_KEY not in request.session:  # signed in by this request
            _begin(request, request.user)
        return response


def current_session(request: HttpRequest) -> MemberSession | None:
    """The row of the session the request came with; None where nobody is signed in."""
    return MemberSession.objects.filter(pk=request.session.get(SESSION_KEY, 0)).first()


def _visit(request: HttpRequest, member: Member) -> None:
    if SESSION_KEY not in request.session:
        _begin(request, member)
        return
    session = MemberSession.objects.filter(pk=request.session[SESSION_KEY], member=member).first()
    now = clock.now()
    if session is not None and sessions.is_open(session, now):
        sessions.go_on(session, _who(request), now)
        return
    if session is not None:
        session.delete()
    request.session.flush()
    request.user = AnonymousUser()
    messages.info(request, _("You were signed out. Sign in again to go on."))


def _begin(request: HttpRequest, member: Member) -> None:
    if request.session.session_key is None:
        request.session.create()
    request.session[SESSION_KEY] = sessions.begin(member, _who(request), clock.now()).pk


def _who(request: HttpRequest) -> Visit:
    meta = request.META
    key = request.session.session_key or ""
    return Visit(key, meta.get("REMOTE_ADDR", ""), meta.get("HTTP_USER_AGENT", ""))


def _needs_second_factor(request: HttpRequest, member: Member) -> bool:
    if request.path.startswith((reverse("mfa_index"), reverse("account_reauthenticate"))):
        return False
    return request.path not in (reverse("account_logout"), reverse("language")) and lacks_required(member)
