"""Single sign-on by OpenID Connect: for members and invited people, by the e-mail address the provider has verified."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter

from tenure.lib import clock
from tenure.people import invitations
from tenure.people.models import Invitation, InvitationState, Member

_TIMEOUT_S = 10


class ForbiddenAddress(requests.RequestException):
    """The provider names an address that Tenure does not ask."""


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes from the provider is a member, or invited, or not let in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        email = next((each.email.lower() for each in sociallogin.email_addresses if each.verified), "")
        member = Member.objects.filter(email=email, is_active=True).first() or _invited(email, sociallogin)
        if member is None or (sociallogin.is_existing and sociallogin.user.pk != member.pk):
            raise _refused(request, _("No member has the e-mail address your provider confirmed. Ask to be invited."))
        if not sociallogin.is_existing:
            sociallogin.connect(request, member)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        raise _refused(request, _("Single sign-on did not work. Try again, or sign in with your password."))

    def get_requests_session(self) -> requests.Session:
        """Asks the provider itself, not what the environment or an answer may name instead."""
        session = requests.Session()
        session.trust_env = False
        session.max_redirects = 0
        session.mount("http://", _Checked())
        session.mount("https://", _Checked())
        session.request = partial(session.request, timeout=_TIMEOUT_S)  # type: ignore[method-assign]
        return session


class _Checked(HTTPAdapter):
    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        asked, own = urlsplit(request.url or ""), urlsplit(settings.CONFIG.oidc_url)
        # Plain http and addresses within our network only where the operator wrote them.
        if asked.scheme != "https" and (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
            raise ForbiddenAddress(f"The provider names {asked.scheme}://{asked.netloc}, which is not encrypted.")
        return super().send(request, *args, **kwargs)


def _invited(email: str, sociallogin: Any) -> Member | None:
    invitation = Invitation.objects.filter(email=email, accepted_at=None, revoked_at=None).first()
    if not email or invitation is None or invitation.state(clock.now()) != InvitationState.OPEN:
        return None
    name = str(sociallogin.account.extra_data.get("userinfo", {}).get("name") or invitation.name or "")[:120]
    return invitations.accept(invitation, name=name, password=None, language=get_language() or invitation.language)


def _refused(request: HttpRequest, why: str) -> ImmediateHttpResponse:
    messages.error(request, why)
    return ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
