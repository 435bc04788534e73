"""The only way to a row of this slice: querysets by what a member may see."""

from django.db.models import QuerySet

from tenure.accounts.models import Account, ExclusionChange, User
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows


def accounts_for(member: Member) -> QuerySet[Account]:
    """The accounts the member may see."""
    if not allows(member, Permission.SEE_ACCOUNTS):
        return Account.objects.none()
    return Account.objects.all()


def visible_account_ids(member: Member) -> frozenset[int] | None:
    """The ids of accounts_for, as the warehouse's queries want them: None is every account."""
    return None if allows(member, Permission.SEE_ACCOUNTS) else frozenset()


def users_for(member: Member) -> QuerySet[User]:
    """The users the member may see: those of the accounts they may see, and those not linked yet."""
    if not allows(member, Permission.SEE_ACCOUNTS):
        return User.objects.none()
    return User.objects.filter(merged_into=None)


def exclusion_changes_for(member: Member) -> QuerySet[ExclusionChange]:
    """The changes of who is counted that the member may undo: their own."""
    allowed = allows(member, Permission.EXCLUDE_USERS)
    return ExclusionChange.objects.filter(created_by=member) if allowed else ExclusionChange.objects.none()
