"""The jobs that keep the numbers up to date."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from tenure.accounts.exclusion import tell_excluded
from tenure.accounts.merging.verbs import tell_merged
from tenure.core.document import BadDocument
from tenure.health.calibration import recalibrate
from tenure.health.close_day import close_day, close_days
from tenure.health.dirty import days_of_late_facts, days_to_close, missing_days, spans
from tenure.jobs.queue import enqueue
from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.warehouse.current import store

#: What rooms above do once today's numbers are new, or a day that is over is closed; told the day.
AFTER_CLOSING: list[Callable[[date], None]] = []

#: How soon to look again while there is no account yet: somebody is waiting to see the first one.
FIRST_ACCOUNT_S = 10

#: Days closed between two notes of what is left.
CHUNK_DAYS = 20


def refresh_today(run: Run) -> dict[str, object]:
    """Today's numbers as of now; earlier days that events came for are left to a job of their own."""
    zone = _zone()
    today = clock.today(zone)
    closed = close_day(today, store=store(), zone=zone)
    if any(day < today for day in store().dirty_days()):
        enqueue("close_dirty_days", key="close_dirty_days")
    if not closed.accounts:
        enqueue("refresh_today", key="refresh_today", due=clock.now() + timedelta(seconds=FIRST_ACCOUNT_S))
    _tell(today)
    return {"day": today.isoformat(), "accounts": closed.accounts, "scored": closed.scored}


def close_yesterday(run: Run) -> dict[str, object]:
    """The day that is over, kept as it was known; then earlier days that were missed while Tenure was off, and those
    that attributes learnt yesterday speak of.
    """
    zone = _zone()
    today = clock.today(zone)
    yesterday = today - timedelta(days=1)
    closed = close_day(yesterday, store=store(), zone=zone, known=True)
    earlier = {*missing_days(store(), today), *days_of_late_facts(yesterday, zone)}
    _close(run, earlier)
    _tell(yesterday)
    return {"day": yesterday.isoformat(), "accounts": closed.accounts, "scored": closed.scored, "earlier": len(earlier)}


def close_dirty_days(run: Run) -> dict[str, object]:
    """Days whose events changed, and every day their events count in. Payload: {spans?: [[first, last or null], ...]}.

    What is to do is noted in the job before the days are taken off the warehouse's list, so a crash loses nothing.
    """
    zone = _zone()
    today = clock.today(zone)
    dirty = [day for day in store().dirty_days() if day <= today]
    todo = set(_days(run.payload, today)) | set(days_to_close(dirty, store(), today))
    _remember(run, todo)
    store().refresh_days(dirty)
    _close(run, sorted(todo, reverse=True))
    return {"days": len(todo)}


def close_history(run: Run) -> dict[str, object]:
    """Every closed day again, after a definition has changed."""
    days = _days(run.payload, clock.today(_zone())) or _closed_days()
    _close(run, days)
    return {"days": len(days)}


def recount_users(run: Run) -> dict[str, object]:
    """Who used what, again from the events, after events changed class; then every closed day again."""
    if "spans" not in run.payload:  # a try before has not come this far
        store().recount_users()
    return close_history(run)


def recount_without_excluded(run: Run) -> dict[str, object]:
    """Who is not counted, told to the warehouse; then every closed day again: opened users count since they came."""
    tell_excluded(store())
    if "spans" not in run.payload:  # a try before has not come this far
        _remember(run, _closed_days())
    return close_dirty_days(run)


def recount_merged(run: Run) -> dict[str, object]:
    """Which accounts were merged, told to the warehouse; then the days since the first of them again."""
    tell_merged(store())
    return close_history(run)


def recalibrate_health(run: Run) -> dict[str, object]:
    """New thresholds from the accounts as they are today."""
    zone = _zone()
    row = recalibrate(clock.today(zone), store(), zone, run.job.created_by)
    return {"version": row.version, "sample": row.sample_size}


def _tell(day: date) -> None:
    for tell in AFTER_CLOSING:
        tell(day)


def _close(run: Run, days: Collection[date]) -> None:
    """Closes days, latest first, noting what is left after each chunk."""
    latest_first = sorted(days, reverse=True)
    total = len(latest_first)
    for start in range(0, total, CHUNK_DAYS):
        _remember(run, latest_first[start:])
        chunk = latest_first[start : start + CHUNK_DAYS]
        for first, last in reversed(spans(reversed(chunk))):
            before = start + sum(day > last for day in chunk)
            close_days(
                first,
                last,
                store=store(),
                zone=_zone(),
                progress=lambda done, _, before=before: run.progress(before + done, total),  # type: ignore[misc]
            )


def _closed_days() -> list[date]:
    closed = store().closed_days()
    return [closed[0] + timedelta(days=n) for n in range((closed[1] - closed[0]).days + 1)] if closed else []


def _remember(run: Run, days: Iterable[date]) -> None:
    run.remember({"spans": [[first.isoformat(), last.isoformat()] for first, last in spans(sorted(days))]})


def _days(payload: object, today: date) -> list[date]:
    """The days a payload names: {spans: [[first, last], ...]}, a last of null being today."""
    named = payload.get("spans", []) if isinstance(payload, dict) else []
    days: list[date] = []
    for n, span in enumerate(named):
        try:
            first, last = date.fromisoformat(span[0]), date.fromisoformat(span[1]) if span[1] else today
        except (TypeError, ValueError, IndexError):
            raise BadDocument(f"spans[{n}]", "must be [first day, last day].") from None
        days += [first + timedelta(days=n) for n in range((min(last, today) - first).days + 1)]
    return days


def _zone() -> ZoneInfo:
    zone: ZoneInfo = settings.CONFIG.zone
    return zone
