"""Inviting people: a signed link that works once, until it expires, is replaced or revoked."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.members import may_make_owners, role_word
from tenure.people.models import Department, Invitation, InvitationState, Member, Role, Scope

INVITED = verb("member.invited", gettext_lazy("{by} invited {subject} as {role}"), False, words={"role": role_word})
RESENT = verb("invitation.resent", gettext_lazy("{by} made a new invitation link for {subject}"), False)
REVOKED = verb("invitation.revoked", gettext_lazy("{by} revoked the invitation of {subject}"), False)
JOINED = verb("member.joined", gettext_lazy("{by} joined as {role}"), False, words={"role": role_word})
ADDED = verb("member.added", gettext_lazy("{by} added {subject} as {role}"), False, words={"role": role_word})

_SIGNER = Signer(salt="tenure.people.invitation")


class AlreadyMember(TenureError):
    """The e-mail address is a member's already."""


class AlreadyInvited(TenureError):
    """The e-mail address has an open invitation already."""


class InvitationOver(TenureError):
    """The link was used, replaced or revoked, or it has expired, or it never was one."""


def invite(
    email: str,
    *,
    role: Role,
    actor: Member,
    name: str = "",
    department: Department | None = None,
    scope: Scope | None = None,
    language: str = "",
) -> Invitation:
    """Opens an invitation; `link_key` makes its link. Raises OnlyOwners, AlreadyMember, AlreadyInvited."""
    email = email.strip().lower()
    if role == Role.OWNER:
        may_make_owners(actor)
    with transaction.atomic():
        _not_a_member(email)
        now = clock.now()
        invitation = Invitation(
            email=email,
            name=name.strip(),
            role=role,
            department=department,
            scope=scope or "",
            language=language or actor.language or settings.LANGUAGE_CODE,
            invited_by=actor,
            invited_at=now,
            expires_at=_expiry(now),
        )
        try:
            with transaction.atomic():
                invitation.save()
        except IntegrityError:
            raise AlreadyInvited(
                _("%(email)s is invited already. Send the link again instead.") % {"email": email}
            ) from None
        record(INVITED, actor, subject=_subject(invitation), detail={"role": role.value, "email": email})
    return invitation


def resend(invitation: Invitation, actor: Member) -> None:
    """Replaces the link by a new one that works as long as a new invitation. Raises InvitationOver, OnlyOwners."""
    with transaction.atomic():
        _locked(invitation, actor)
        invitation.serial += 1
        invitation.expires_at = _expiry(clock.now())
        invitation.save(update_fields=["serial", "expires_at"])
        record(RESENT, actor, subject=_subject(invitation))


def revoke(invitation: Invitation, actor: Member) -> None:
    """Makes the link worthless. Raises InvitationOver, OnlyOwners."""
    with transaction.atomic():
        _locked(invitation, actor)
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        record(REVOKED, actor, subject=_subject(invitation))


def link_key(invitation: Invitation) -> str:
    """The signed part of the link: which invitation, and the how manieth link of it."""
    return _SIGNER.sign(f"{invitation.pk}-{invitation.serial}")


def find(key: str, now: datetime) -> Invitation:
    """The open invitation of a link. Raises InvitationOver."""
    try:
        pk, _dash, serial = _SIGNER.unsign(key).partition("-")
    except BadSignature:
        raise _over() from None
    found = Invitation.objects.filter(pk=int(pk), serial=int(serial)).first()
    if found is None or found.state(now) != InvitationState.OPEN:
        raise _over()
    return found


def accept(invitation: Invitation, *, name: str, password: str | None, language: str) -> Member:
    """Makes the member; without a password they can only use single sign-on. Raises InvitationOver, AlreadyMember.

    Of two at the same moment one wins.
    """
    now = clock.now()
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation.pk, serial=invitation.serial, revoked_at=None)
        if not waiting.filter(accepted_at=None, expires_at__gt=now).update(accepted_at=now):
            raise _over()
        _not_a_member(invitation.email)
        department = invitation.department
        member = Member.objects.create_user(
            invitation.email,
            password,
            name=name.strip(),
            role=invitation.role,
            department=department if department and department.archived_at is None else None,
            scope=invitation.scope,
            language=language,
        )
        Invitation.objects.filter(pk=invitation.pk).update(member=member)
        record(JOINED, member, subject=Subject("member", member.pk, str(member)), detail={"role": member.role})
    return member


def add_member(
    email: str,
    *,
    name: str,
    password: str,
    role: Role,
    department: Department | None = None,
    scope: Scope | None = None,
    language: str = "",
    actor: Member | None = None,
) -> Member:
    """Makes a member without an invitation, from the command line. Raises AlreadyMember."""
    with transaction.atomic():
        _not_a_member(email.lower())
        member = Member.objects.create_user(
            email, password, name=name, role=role, department=department, scope=scope or "", language=language
        )
        subject = Subject("member", member.pk, str(member))
        record(ADDED, actor, subject=subject, detail={"role": role.value, "email": member.email})
    return member


def _locked(invitation: Invitation, actor: Member) -> None:
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.accepted_at is not None or fresh.revoked_at is not None:
        raise _over()
    if fresh.role == Role.OWNER:
        may_make_owners(actor)
    invitation.serial = fresh.serial


def _not_a_member(email: str) -> None:
    if Member.objects.filter(email=email).exists():
        raise AlreadyMember(_("%(email)s is a member already.") % {"email": email})


def _over() -> InvitationOver:
    return InvitationOver(_("This invitation does not work any more. Ask for a new one."))


def _expiry(now: datetime) -> datetime:
    return now + timedelta(days=settings.CONFIG.invitation_days)


def _subject(invitation: Invitation) -> Subject:
    return Subject("invitation", invitation.pk, str(invitation))
