"""What follow-ups and promises mean for accounts that files brought: accounts.leaving."""

from django.db.models import Q

from tenure.accounts.leaving.traces import Why, declare
from tenure.work.models import FollowUp, NextStep


def declare_own() -> None:
    """Removed ones keep nothing: what people did with them is an activity, what an import brought was taken back."""
    declare(NextStep, Why.MEMBERS, aside=lambda: Q(follow_up__removed_at__isnull=False))
    declare(FollowUp, Why.MEMBERS, aside=lambda: Q(removed_at__isnull=False))
