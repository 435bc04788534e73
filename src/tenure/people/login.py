"""How people sign in: allauth with our rules. Nobody signs up by themselves; they are invited.

Every sign-in, sign-out and failed sign-in is written down, and every change of a password.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.people.models import Member, MemberSession
from tenure.people.sessions import end_all

SIGNED_IN = verb("member.signed_in", gettext_lazy("{by} signed in"), False)
SIGNED_OUT = verb("member.signed_out", gettext_lazy("{by} signed out"), False)
FAILED = verb("sign_in.failed", gettext_lazy("Signing in as {by} failed"), False)
PASSWORD_CHANGED = verb("member.password_changed", gettext_lazy("{by} set a new password"), False)

#: Where Django's session names our row of it.
SESSION_KEY = "member_session"


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's ways in and out, with what is written down for each."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the middleware found it."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("preferences")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        with transaction.atomic():
            super().login(request, user)
            record(SIGNED_IN, user, subject=_subject(user))

    def logout(self, request: HttpRequest) -> None:
        with transaction.atomic():
            member = request.user
            MemberSession.objects.filter(pk=request.session.get(SESSION_KEY, 0)).delete()
            super().logout(request)
            if isinstance(member, Member):
                record(SIGNED_OUT, member, subject=_subject(member))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        email = str(credentials.get("email", ""))
        member = Member.objects.filter(email=email.lower()).first()
        with transaction.atomic():
            record(FAILED, None, by=email or "?", subject=_subject(member) if member else None)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Also ends the member's sessions elsewhere."""
        with transaction.atomic():
            super().set_password(user, password)
            here = self.request.session.get(SESSION_KEY) if self.request.user == user else None
            if isinstance(user, Member):
                end_all(user, keep=here)
            record(PASSWORD_CHANGED, user, subject=_subject(user))


def _subject(member: AbstractBaseUser) -> Subject:
    return Subject("member", member.pk, str(member))
