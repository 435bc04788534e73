"""The only way to a row of this slice."""

from django.db.models import QuerySet

from tenure.imports.models import FileImport
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows


def imports_for(member: Member) -> QuerySet[FileImport]:
    """The imports the member may see, start, stop and undo."""
    return FileImport.objects.all() if allows(member, Permission.IMPORT) else FileImport.objects.none()
