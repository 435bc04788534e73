"""Answers are kept for repeated requests for a day."""

from datetime import timedelta
from typing import Final

from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.people.models import KeptAnswer

JOB: Final = "forget_api_answers"
KEPT_FOR: Final = timedelta(hours=24)


def forget_answers(run: Run) -> None:
    """Lets go of answers that are too old to be asked for again."""
    KeptAnswer.objects.filter(at__lte=clock.now() - KEPT_FOR).delete()
