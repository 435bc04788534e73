"""Keeping, reopening and moving what was promised."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tenure.activity.recording import Subject, record
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.work.models import NextStep
from tenure.work.verbs import KEPT, MOVED, REOPENED


class StepNotOpen(TenureError):
    """The next step is done already, or is not done yet; nothing was changed."""


def complete_step(step: NextStep, *, actor: Member) -> None:
    """The promise is kept. Raises StepNotOpen when it was before."""
    with transaction.atomic():
        now = clock.now()
        if not NextStep.objects.filter(pk=step.pk, done_at=None).update(done_at=now, done_by=actor):
            raise StepNotOpen(_("This was done already."))
        step.done_at, step.done_by = now, actor
        record(KEPT, actor, subject=_subject(step), accounts=[step.account_id])


def reopen_step(step: NextStep, *, actor: Member) -> None:
    """The promise is open again. Raises StepNotOpen when it is open."""
    with transaction.atomic():
        if not NextStep.objects.filter(pk=step.pk).exclude(done_at=None).update(done_at=None, done_by=None):
            raise StepNotOpen(_("This is open already."))
        step.done_at = step.done_by = None
        record(REOPENED, actor, subject=_subject(step), accounts=[step.account_id])


def move_step(step: NextStep, due: date, *, actor: Member) -> None:
    """The promise is due on another day; the day of before is in the activity. Raises StepNotOpen once it is done."""
    with transaction.atomic():
        if not NextStep.objects.filter(pk=step.pk, done_at=None).update(due=due):
            raise StepNotOpen(_("This was done already."))
        detail = {"before": step.due.isoformat(), "after": due.isoformat()}
        step.due = due
        record(MOVED, actor, subject=_subject(step), accounts=[step.account_id], detail=detail)


def _subject(step: NextStep) -> Subject:
    return Subject("next_step", step.pk, step.what)
