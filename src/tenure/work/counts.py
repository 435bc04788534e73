"""How much is promised and not done."""

from datetime import date

from tenure.people.models import Member
from tenure.work.models import NextStep


def due_steps(member: Member, day: date) -> int:
    """The member's own open promises that are due until the day."""
    steps = NextStep.objects.filter(owner=member, done_at=None, due__lte=day, follow_up__removed_at=None)
    return steps.count()
