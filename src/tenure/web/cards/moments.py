"""Days that people choose, as times: what a page shows, and from when a value that is written holds."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils.translation import gettext as _

from tenure.accounts.as_of import counting, end_of_day
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.ui.page import PageRequest


class BadDay(TenureError):
    """What was typed is no day."""


@dataclass(frozen=True)
class Looking:
    """What is looked at: as of `as_of`, as known at `known_at` (None: now). `known_day` is the day chosen for it."""

    as_of: datetime
    known_at: datetime | None
    known_day: date | None


def looking(request: PageRequest) -> Looking:
    """The page's as-of day to its end, the latest up to now; `?known=` a day, to its end, too."""
    zone = settings.CONFIG.zone
    now = clock.now()
    as_of = now if request.day >= request.latest_day else end_of_day(request.day, zone)
    try:
        known_day = date.fromisoformat(request.GET.get("known", ""))
    except ValueError:
        known_day = None
    if known_day is not None and known_day >= clock.today(zone):
        known_day = None
    return Looking(as_of, end_of_day(known_day, zone) if known_day else None, known_day)


def start_of(text: str, account_ids: list[int], key: str) -> datetime | None:
    """From when a value holds that is said to hold from a day; None, for an empty text or today, is now.

    Where the field of the only account has a value from that day already, it is that time: the new one takes its place.
    Raises BadDay.
    """
    text = text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadDay(_("Write a date as year-month-day, such as 2026-11-22.")) from None
    zone = settings.CONFIG.zone
    if day == clock.today(zone):
        return None
    start = datetime.combine(day, time(), zone)
    if len(account_ids) == 1:
        of_day = counting().filter(account=account_ids[0], field=key, valid_from__range=(start, end_of_day(day, zone)))
        found = of_day.order_by("-valid_from").values_list("valid_from", flat=True).first()
        return found or start
    return start
