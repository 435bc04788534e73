"""What is done with members: their role, department and scope, letting them go and taking them back.

Rules: there is always an owner; only owners make, change or let go owners; nobody changes their own role or scope, or
lets themselves go.
"""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Department, Member, Role, Scope
from tenure.people.permissions import Permission, allows
from tenure.people.scope import colleagues
from tenure.people.sessions import end_all


def role_word(role: str) -> str:
    return str(Role(role).label)


def scope_word(scope: str) -> str:
    return str(Scope(scope).label)


_ROLES: Final = {"before": role_word, "after": role_word}
_SCOPES: Final = {"before": scope_word, "after": scope_word}
ROLE_CHANGED = verb(
    "member.role_changed", gettext_lazy("{by} made {subject} {after}, who was {before}"), False, words=_ROLES
)
DEPARTMENT_CHANGED = verb(
    "member.department_changed", gettext_lazy("{by} moved {subject} from the department {before} to {after}"), False
)
SCOPE_CHANGED = verb(
    "member.scope_changed",
    gettext_lazy("{by} changed what {subject} sees from {before} to {after}"),
    False,
    words=_SCOPES,
)
DEACTIVATED = verb("member.deactivated", gettext_lazy("{by} ended the access of {subject}"), False)
REACTIVATED = verb("member.reactivated", gettext_lazy("{by} gave {subject} access again"), False)


class LastOwner(TenureError):
    """There must always be an owner."""


class OnlyOwners(TenureError):
    """Only an owner may do this to an owner, or make one."""


class NotYourself(TenureError):
    """Nobody changes their own role or scope, or ends their own access."""


class MemberNotActive(TenureError):
    """The member's access has ended."""


def change_role(member: Member, role: Role, actor: Member) -> None:
    """Raises NotYourself, OnlyOwners, LastOwner, MemberNotActive."""
    with transaction.atomic():
        _may_change(member, actor)
        if role == Role.OWNER:
            may_make_owners(actor)
        if member.role == role:
            return
        if member.role == Role.OWNER:
            _keep_an_owner(member)
        detail = {"before": member.role, "after": role.value}
        member.role = role
        member.save(update_fields=["role"])
        record(ROLE_CHANGED, actor, subject=subject(member), detail=detail)


def change_scope(member: Member, scope: Scope | None, actor: Member) -> None:
    """None: the scope of the role. Raises NotYourself, OnlyOwners, MemberNotActive."""
    with transaction.atomic():
        _may_change(member, actor)
        after = scope.value if scope else ""
        if member.scope == after:
            return
        detail = {"before": member.scope, "after": after}
        member.scope = after
        member.save(update_fields=["scope"])
        record(SCOPE_CHANGED, actor, subject=subject(member), detail=detail)


def change_department(member: Member, department: Department | None, actor: Member) -> None:
    """Raises NotYourself where it would change what the actor sees, OnlyOwners, MemberNotActive."""
    with transaction.atomic():
        member.refresh_from_db()
        if member.pk != actor.pk or colleagues(actor) is not None:
            _may_change(member, actor)
        if member.department_id == (department.pk if department else None):
            return
        detail = {
            "before": member.department.name if member.department else "",
            "after": department.name if department else "",
        }
        member.department = department
        member.save(update_fields=["department"])
        record(DEPARTMENT_CHANGED, actor, subject=subject(member), detail=detail)


def deactivate(member: Member, actor: Member) -> None:
    """Ends access and every session at once. Raises NotYourself, OnlyOwners, LastOwner, MemberNotActive."""
    with transaction.atomic():
        _may_change(member, actor)
        if member.role == Role.OWNER:
            _keep_an_owner(member)
        member.is_active, member.deactivated_at = False, clock.now()
        member.save(update_fields=["is_active", "deactivated_at"])
        end_all(member)
        record(DEACTIVATED, actor, subject=subject(member))


def reactivate(member: Member, actor: Member) -> None:
    """Gives access again, with the password as it was. Raises OnlyOwners."""
    with transaction.atomic():
        member.refresh_from_db()
        if member.role == Role.OWNER:
            may_make_owners(actor)
        if member.is_active:
            return
        member.is_active, member.deactivated_at = True, None
        member.save(update_fields=["is_active", "deactivated_at"])
        record(REACTIVATED, actor, subject=subject(member))


def may_make_owners(actor: Member) -> None:
    """Raises OnlyOwners."""
    if not allows(actor, Permission.MANAGE_OWNERS):
        raise OnlyOwners(_("Only an owner can do this to an owner, or make one."))


def subject(member: Member) -> Subject:
    return Subject("member", member.pk, str(member))


def _may_change(member: Member, actor: Member) -> None:
    member.refresh_from_db()
    if member.pk == actor.pk:
        raise NotYourself(_("Nobody can do this to themselves. Ask another owner or admin."))
    if not member.is_active:
        raise MemberNotActive(_("The access of %(name)s has ended.") % {"name": member})
    if member.role == Role.OWNER:
        may_make_owners(actor)


def _keep_an_owner(member: Member) -> None:
    # Locked, so that two owners who let each other go at once do not both succeed.
    owners = Member.objects.select_for_update().filter(role=Role.OWNER, is_active=True)
    if {owner.pk for owner in owners} <= {member.pk}:
        raise LastOwner(_("%(name)s is the last owner. Make somebody else an owner first.") % {"name": member})
