"""How much is promised and not done."""

from datetime import date

from django.db.models import BigIntegerField, DateField, QuerySet

from tenure.lib.compiled import Compiled, Given
from tenure.people.models import Member
from tenure.work.models import NextStep


def due_steps(member: Member, day: date) -> int:
    """The member's own open promises that are due until the day."""
    return len(_DUE.ask(member=member.pk, day=day))


def _due() -> QuerySet[NextStep, tuple[int]]:
    owner, day = Given("member", BigIntegerField()), Given("day", DateField())
    steps = NextStep.objects.filter(owner=owner, done_at=None, due__lte=day, follow_up__removed_at=None)
    return steps.values_list("pk")


_DUE = Compiled(_due)
