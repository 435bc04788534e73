"""Second factors: who has one, whether everybody must, and what is written down when one comes or goes."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.members import may_make_owners
from tenure.people.models import Member, Role, SecurityRule


def kind_word(kind: str) -> str:
    """An authenticator's type in words."""
    return {
        "totp": _("an authenticator app"),
        "webauthn": _("a passkey"),
        "recovery_codes": _("recovery codes"),
    }.get(kind, kind)


_WORDS = {"kind": kind_word}
ADDED = verb("second_factor.added", gettext_lazy("{by} set up {kind}"), False, words=_WORDS)
REMOVED = verb("second_factor.removed", gettext_lazy("{by} removed {kind} of {subject}"), False, words=_WORDS)
REQUIRED = verb("second_factor.required", gettext_lazy("{by} requires two-factor sign-in of everyone"), False)
OPTIONAL = verb("second_factor.optional", gettext_lazy("{by} left two-factor sign-in to each member"), False)


class SecondFactorFirst(TenureError):
    """Who requires a second factor of everyone must have one."""


def is_required() -> bool:
    """Whether everybody must have a second factor."""
    latest = SecurityRule.objects.order_by("-pk").values_list("require_second_factor", flat=True).first()
    return bool(latest)


def set_required(required: bool, actor: Member) -> None:
    """Raises SecondFactorFirst when the actor would lock themselves in a page to set one up."""
    if required and not has_one(actor):
        raise SecondFactorFirst(_("Set up two-factor sign-in for yourself first."))
    with transaction.atomic():
        if is_required() == required:
            return
        SecurityRule.objects.create(require_second_factor=required, set_by=actor, set_at=clock.now())
        record(REQUIRED if required else OPTIONAL, actor)


def has_one(member: Member) -> bool:
    return _factors(member.pk).exists()


def lacks_required(member: Member) -> bool:
    return is_required() and not has_one(member)


def with_second_factor(members: QuerySet[Member]) -> QuerySet[Member]:
    """Adds `has_second_factor` to each."""
    return members.annotate(has_second_factor=Exists(_factors(OuterRef("pk"))))


def take_away(member: Member, actor: Member) -> None:
    """Removes every second factor of somebody who lost theirs; they sign in with their password alone again.

    Raises OnlyOwners.
    """
    with transaction.atomic():
        if member.role == Role.OWNER:
            may_make_owners(actor)
        for kind in sorted(set(Authenticator.objects.filter(user=member).values_list("type", flat=True))):
            if kind != Authenticator.Type.RECOVERY_CODES:
                note_removed(member, kind, actor)
        Authenticator.objects.filter(user=member).delete()


def note_added(member: Member, kind: str) -> None:
    """Writes down that a member set one up, in the transaction that does it."""
    record(ADDED, member, subject=Subject("member", member.pk, str(member)), detail={"kind": kind})


def note_removed(member: Member, kind: str, actor: Member) -> None:
    """Writes down that one is gone, in the transaction that does it."""
    record(REMOVED, actor, subject=Subject("member", member.pk, str(member)), detail={"kind": kind})


def _factors(member: object) -> QuerySet[Authenticator]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=member, type__in=kinds)
    return found
