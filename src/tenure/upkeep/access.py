"""The only way to a row of this room: querysets by what a member may see."""

from django.db.models import QuerySet

from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.upkeep.models import Backup, Notice


def backups_for(member: Member) -> QuerySet[Backup]:
    """The backups that operators see."""
    return Backup.objects.all() if allows(member, Permission.MANAGE_JOBS) else Backup.objects.none()


def notices_for(member: Member) -> QuerySet[Notice]:
    """The notices that operators see, those that somebody has read, too."""
    return Notice.objects.all() if allows(member, Permission.MANAGE_JOBS) else Notice.objects.none()
