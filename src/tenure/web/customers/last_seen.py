"""The day an account was last seen, out of the metric that counts the days since."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from tenure.health.builtin import LOOK_BACK_DAYS  # a value of that many days means that or more


def last_seen(days_since: float | None, day: date) -> date | str | None:
    """The day of the last value event, words when it is longer ago than the metric looks back, None when never."""
    if days_since is None:
        return None
    if days_since >= LOOK_BACK_DAYS:
        return _("%(days)s+ days ago") % {"days": LOOK_BACK_DAYS}
    return day - timedelta(days=int(days_since))
