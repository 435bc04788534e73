"""What other rooms keep of each account, counted over days, as attributes to make metrics of: "follow_ups:28".

Each count is named when its room is ready; what changes a day of the past has the days it goes into closed again.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from tenure.accounts.models import Account
from tenure.health.metrics import metrics_in_use
from tenure.jobs.queue import enqueue
from tenure.lib import clock

#: How much there was in the days from one to another: {account: number}; accounts without any are left out.
Count = Callable[[date, date], Mapping[int, float]]

_COUNTS: dict[str, tuple[Count, bool]] = {}
_NAME: Final = re.compile(r"([a-z_]{1,60}):(\d{1,3})")


def name_count(name: str, count: Count, *, zero: bool = True) -> None:
    """Makes "NAME:DAYS" an attribute that is counted. `zero`: accounts that are left out have 0, else no value."""
    _COUNTS[name] = count, zero


def counted_by_room(attribute: str) -> tuple[str, int] | None:
    """(name, days) of such an attribute; None of any other."""
    parts = _NAME.fullmatch(attribute)
    return (parts[1], int(parts[2])) if parts and parts[1] in _COUNTS else None


def count_on(day: date, name: str, days: int) -> Mapping[int, float]:
    """The numbers over the days that end on the day, by account."""
    count, zero = _COUNTS[name]
    found = count(day - timedelta(days=days - 1), day)
    return {**dict.fromkeys(Account.objects.values_list("pk", flat=True), 0.0), **found} if zero else found


def changed_on(name: str, first: date, last: date) -> None:
    """Has closed days of the past computed again that these go into, where a metric counts it at all."""
    specs = [metric.spec.get("property", "") for metric in metrics_in_use().values()]
    windows = [parts[1] for each in specs if (parts := counted_by_room(str(each))) and parts[0] == name]
    today = clock.today(settings.CONFIG.zone)
    if windows and first < today:
        until = min(last + timedelta(days=max(windows) - 1), today)
        enqueue("close_dirty_days", {"spans": [[first.isoformat(), until.isoformat()]]})
