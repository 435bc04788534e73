"""The only way to a row of this slice."""

from django.db.models import QuerySet

from tenure.integrations.models import Sync
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows


def syncs_for(member: Member) -> QuerySet[Sync]:
    """The syncs the member may see, change and run."""
    return Sync.objects.all() if allows(member, Permission.IMPORT) else Sync.objects.none()
