"""The only way to a row of this slice."""

from django.db.models import QuerySet

from tenure.exports.models import Export
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows


def exports_for(member: Member) -> QuerySet[Export]:
    """The member's own: a file holds what its maker may see, and nobody else's."""
    return Export.objects.filter(member=member) if allows(member, Permission.EXPORT) else Export.objects.none()
