"""The only way to a row of this slice."""

from django.db.models import QuerySet

from tenure.jobs.models import Job, Schedule
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows


def jobs_for(member: Member) -> QuerySet[Job]:
    """The jobs the member may see and stop."""
    return Job.objects.all() if allows(member, Permission.MANAGE_JOBS) else Job.objects.none()


def schedules_for(member: Member) -> QuerySet[Schedule]:
    """The schedules the member may see."""
    return Schedule.objects.all() if allows(member, Permission.MANAGE_JOBS) else Schedule.objects.none()
