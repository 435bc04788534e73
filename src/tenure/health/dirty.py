"""Which days have to be closed again: an event of a day changes the numbers of every day whose window holds it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tenure.accounts.models import Fact
from tenure.health.measuring import fields_of
from tenure.health.metrics import longest_window, metric_columns
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.warehouse.store import Store

#: Days longer ago than this are not closed: one event with a wrong clock would make decades of rows.
HISTORY_DAYS = 5 * 366


def days_after(dirty: Iterable[date], today: date) -> set[date]:
    """The days, up to today, whose numbers events of these days go into."""
    window = longest_window(metric_columns())
    oldest = today - timedelta(days=HISTORY_DAYS)
    return {day for each in dirty for n in range(window) if oldest <= (day := each + timedelta(days=n)) <= today}


def days_to_close(dirty: Collection[date], store: Store, today: date) -> list[date]:
    """Days to close again, latest first, and those between them and the closed ones that have no rows yet."""
    days = days_after(dirty, today)
    if not days:
        return []
    closed = store.closed_days()
    gap_end = closed[0] if closed else today
    days |= _between(min(days), gap_end)
    return sorted(days, reverse=True)


def missing_days(store: Store, today: date) -> list[date]:
    """Days before today since the first use by any account that have no rows, latest first."""
    first = max(min(store.first_days().values(), default=today), today - timedelta(days=HISTORY_DAYS))
    yesterday = today - timedelta(days=1)
    present = {day for day, _, _ in store.state_counts(first, yesterday)}
    return sorted(_between(first, yesterday) - present, reverse=True)


def days_of_late_facts(learnt_on: date, zone: ZoneInfo) -> list[date]:
    """Days before `learnt_on` that attributes learnt since then say something new about, latest first."""
    start = datetime.combine(learnt_on, time(), zone)
    late = Fact.objects.filter(field__in=fields_of(metric_columns()), recorded_at__gte=start, valid_from__lt=start)
    earliest = late.order_by("valid_from").values_list("valid_from", flat=True).first()
    if earliest is None:
        return []
    first = max(earliest.astimezone(zone).date(), learnt_on - timedelta(days=HISTORY_DAYS))
    return sorted(_between(first, learnt_on - timedelta(days=1)), reverse=True)


def enqueue_rest(dirty: Collection[date], first: date, last: date, *, store: Store, zone: ZoneInfo) -> None:
    """Before the dirty days of a span are taken off the list: has closed days after the span closed again by a job.

    Today is left out; it is refreshed all the time.
    """
    today = clock.today(zone)
    closed = store.closed_days()
    if closed is None:
        return
    yesterday = min(closed[1], today - timedelta(days=1))
    rest = sorted(day for day in days_after(dirty, yesterday) if not first <= day <= last)
    if rest:
        enqueue("close_dirty_days", {"spans": [[a.isoformat(), b.isoformat()] for a, b in spans(rest)]})


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Ascending days as runs without a gap."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _between(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
