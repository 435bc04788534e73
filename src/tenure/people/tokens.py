"""API tokens: made and shown once, found again by their secret, revoked."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Access, ApiToken, Area, Member, TokenState
from tenure.people.permissions import Permission, allows

MADE = verb("token.made", gettext_lazy("{by} made the API token {subject} of {member}"), False)
REVOKED = verb("token.revoked", gettext_lazy("{by} revoked the API token {subject} of {member}"), False)

MOST_NAME: Final = 80
MOST_DAYS: Final = 3_660
_START: Final = "tenure_"
_EXACTNESS: Final = timedelta(minutes=1)  # of last_used_at; saves a write for each request
_NOBODYS: Final = "0" * 64


class BadToken(TenureError):
    """The token cannot be made so; the message says why."""


class TokenRefused(TenureError):
    """The secret is no token's, or the token has expired, was revoked, or its member may not use the API.

    Which of these it is, is said to nobody.
    """


def make_token(
    member: Member, name: str, scopes: Mapping[Area, Access], *, days: int | None, actor: Member | None
) -> tuple[ApiToken, str]:
    """A token of the member's, and its secret, kept nowhere. `days` None: it never expires. Raises BadToken."""
    name = " ".join(name.replace("\0", "").split())
    if not 1 <= len(name) <= MOST_NAME:
        raise BadToken(_("Give the token a name of 1 to %(most)s characters.") % {"most": MOST_NAME})
    if not scopes:
        raise BadToken(_("Choose at least one area that the token may read."))
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise BadToken(_("A token works for 1 to %(most)s days.") % {"most": MOST_DAYS})
    if not allows(member, Permission.USE_API):
        raise BadToken(_("%(name)s may not use the API.") % {"name": member})
    if ApiToken.objects.filter(member=member, name=name, revoked_at=None).exists():
        raise BadToken(_("There is a token of this name already. Choose another, or revoke that one."))
    now = clock.now()
    prefix = secrets.token_hex(4)
    secret = f"{_START}{prefix}_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            member=member,
            name=name,
            prefix=prefix,
            digest=_digest(secret),
            scopes={area.value: access.value for area, access in scopes.items()},
            created_at=now,
            expires_at=None if days is None else now + timedelta(days=days),
        )
        record(MADE, actor, subject=subject(token), detail={"member": str(member), "scopes": token.scopes})
    return token, secret


def revoke_token(token: ApiToken, actor: Member | None) -> None:
    """Makes the token worthless at once; revoking it again changes nothing."""
    with transaction.atomic():
        now = clock.now()
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by=actor):
            token.revoked_at, token.revoked_by = now, actor
            record(REVOKED, actor, subject=subject(token), detail={"member": str(token.member)})


def find_token(secret: str, now: datetime) -> ApiToken:
    """The token of a secret, with its member. Raises TokenRefused; how long it takes tells nothing of the secret."""
    prefix = secret.removeprefix(_START).partition("_")[0]
    token = ApiToken.objects.select_related("member").filter(prefix=prefix).first()
    is_it = secrets.compare_digest(_digest(secret), token.digest if token else _NOBODYS)
    if (
        token is None
        or not is_it
        or token.state(now) != TokenState.ACTIVE
        or not allows(token.member, Permission.USE_API)
    ):
        raise TokenRefused(_("This token is not known here, has expired or was revoked."))
    return token


def note_use(token: ApiToken, now: datetime) -> None:
    """Notes that the token is in use, at most once a minute."""
    if token.last_used_at is None or now - token.last_used_at >= _EXACTNESS:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def subject(token: ApiToken) -> Subject:
    """As activities name it."""
    return Subject("api_token", token.pk, token.name)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
