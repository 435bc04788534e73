"""The only way to a row of this slice: querysets by what a member may see.

A member sees an account when somebody they may look over the shoulder of is in charge of it now, in any role: they
themselves (scope own), their department (team), that and all below it (tree). Scope all sees every account, and so do
operators whatever their scope. Accounts with nobody in charge, and users linked to no account, are seen with scope all
only. It is who is in charge now that counts, on an earlier as-of day too: who was, may not see any more.
"""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tenure.accounts.merging.members import survivors, with_merged
from tenure.accounts.models import (
    Account,
    Assignment,
    AssignmentChange,
    AssignmentRole,
    ExclusionChange,
    User,
    UserLink,
)
from tenure.activity.models import Activity
from tenure.lib.bulk import Numbers
from tenure.lib.compiled import Given
from tenure.lib.errors import TenureError
from tenure.lib.once import once
from tenure.people.models import Member, Role
from tenure.people.permissions import Permission, allows
from tenure.people.scope import colleagues


class OutOfSight(TenureError):
    """Some accounts of what is to be taken back are not the member's to see any more."""


def accounts_for(member: Member) -> QuerySet[Account]:
    """The accounts the member may see."""
    if not allows(member, Permission.SEE_ACCOUNTS):
        return Account.objects.none()
    over = team_of(member)
    if over is None:
        return Account.objects.filter(merged_into=None)
    held = Q(Exists(_held_by(over, account=OuterRef("pk"))))
    living = _living_on(over)
    return Account.objects.filter(held | Q(pk__in=living) if living else held, merged_into=None)


@once
def visible_account_ids(member: Member) -> frozenset[int] | None:
    """The ids of accounts_for, as the warehouse's queries want them: None is every account, empty is none."""
    if not allows(member, Permission.SEE_ACCOUNTS):
        return frozenset()
    over = team_of(member)
    return None if over is None else _HELD.ask(members=over) | _living_on(over)


def account_for(member: Member, pk: int) -> QuerySet[Account]:
    """This one of accounts_for, or none; by the ids, which a page asks for anyway."""
    seen = visible_account_ids(member)
    return Account.objects.filter(pk=pk, merged_into=None) if seen is None or pk in seen else Account.objects.none()


def users_for(member: Member) -> QuerySet[User]:
    """The users the member may see: those linked to an account they may see; with scope all, those of none too."""
    if not allows(member, Permission.SEE_ACCOUNTS):
        return User.objects.none()
    users = User.objects.filter(merged_into=None)
    over = team_of(member)
    if over is None:
        return users
    held = Q(account__in=_held_by(over).values("account"))
    if survivors():
        held |= Q(account__in=with_merged(visible_account_ids(member) or ()))
    return users.filter(Exists(UserLink.objects.filter(held, user=OuterRef("pk"))))


def team_of(member: Member) -> frozenset[int] | None:
    """The ids of the members whose books this one sees, themselves included; None for everybody's."""
    return None if allows(member, Permission.SEE_ALL_ACCOUNTS) else colleagues(member)


def successors_for(member: Member) -> QuerySet[Member]:
    """The members this one may put in charge: active ones whose books they see, no viewers."""
    if not allows(member, Permission.ASSIGN):
        return Member.objects.none()
    team = Member.objects.filter(is_active=True).exclude(role=Role.VIEWER)
    over = team_of(member)
    return team if over is None else team.filter(pk__any_of=over)


def may_change_charge(member: Member, account: Account, role: AssignmentRole, who: Member, *, ends: bool) -> bool:
    """Whether the member may put somebody in charge of an account they see, or with `ends` take them off.

    Only those whose books they see: of a role of one this goes for whoever holds it now, too.
    """
    over = team_of(member)
    if not (ends or successors_for(member).filter(pk=who.pk).exists()):
        return False
    if over is None:
        return True
    held = Assignment.objects.filter(until=None, account=account, role=role).values_list("member_id", flat=True)
    return who.pk in over and (role.several or set(held) <= over)


def exclusion_changes_for(member: Member) -> QuerySet[ExclusionChange]:
    """The changes of who is counted that the member may undo: their own."""
    allowed = allows(member, Permission.EXCLUDE_USERS)
    return ExclusionChange.objects.filter(created_by=member) if allowed else ExclusionChange.objects.none()


def assignment_changes_for(member: Member) -> QuerySet[AssignmentChange]:
    """The changes of who is in charge that the member may undo: their own."""
    allowed = allows(member, Permission.ASSIGN)
    return AssignmentChange.objects.filter(by=member) if allowed else AssignmentChange.objects.none()


def check_sees_all_of(activity: Activity, member: Member) -> None:
    """Raises OutOfSight unless the member sees every account that the activity concerns."""
    concerned = set(activity.accounts.values_list("account_id", flat=True))
    if accounts_for(member).filter(pk__any_of=concerned).count() != len(concerned):
        raise OutOfSight(_("Some of these customers are not yours any more: nothing was taken back."))


def _living_on(members: frozenset[int]) -> frozenset[int]:
    """The accounts in which one that these members are in charge of lives on, since it was merged."""
    into = survivors()
    held = _held_by(members).filter(account__in=into).values_list("account_id", flat=True) if into else ()
    return frozenset(into[each] for each in held)


def _held_by(members: frozenset[int] | Given, **of: Any) -> QuerySet[Assignment]:
    return Assignment.objects.filter(until=None, member_id__any_of=members, **of)


_HELD: Final = Numbers(lambda: _held_by(Given("members")), "account_id")
