"""The only way to a row of this room."""

from django.db.models import QuerySet

from tenure.people.models import ApiToken, Department, Invitation, Member
from tenure.people.permissions import Permission, allows


def members_for(member: Member) -> QuerySet[Member]:
    """The members that this one may see; everybody sees themselves."""
    found = Member.objects.select_related("department")
    return found if allows(member, Permission.SEE_MEMBERS) else found.filter(pk=member.pk)


def departments_for(member: Member) -> QuerySet[Department]:
    """The departments in use that the member may see."""
    found = Department.objects.filter(archived_at=None)
    return found if allows(member, Permission.SEE_MEMBERS) else found.none()


def invitations_for(member: Member) -> QuerySet[Invitation]:
    """The invitations the member may see: those that nobody has followed or revoked yet."""
    found = Invitation.objects.filter(accepted_at=None, revoked_at=None).select_related("department", "invited_by")
    return found if allows(member, Permission.MANAGE_MEMBERS) else found.none()


def tokens_for(member: Member) -> QuerySet[ApiToken]:
    """The API tokens the member may see and revoke: their own; whoever manages members, everybody's."""
    if not allows(member, Permission.USE_API):
        return ApiToken.objects.none()
    found = ApiToken.objects.select_related("member")
    return found if allows(member, Permission.MANAGE_MEMBERS) else found.filter(member=member)
