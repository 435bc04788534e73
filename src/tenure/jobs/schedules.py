"""Kinds of jobs that come again: one row each, and the loop that enqueues them when they are due."""

import threading
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tenure.jobs.kinds import kinds
from tenure.jobs.models import Schedule
from tenure.jobs.queue import enqueue
from tenure.lib import clock

POLL_S = 1.0


def run(stop: threading.Event) -> None:
    """Enqueues what is due until asked to stop."""
    zone: ZoneInfo = settings.CONFIG.zone
    install_schedules(zone)
    while not stop.is_set():
        enqueue_due(zone)
        stop.wait(POLL_S)


def install_schedules(zone: ZoneInfo) -> None:
    """Makes the rows agree with the kinds this process knows; an unchanged schedule keeps its next time.

    What comes every so many seconds comes at once for the first time.
    """
    now = clock.now()
    for kind in kinds():
        if kind.every_s is None and kind.daily_at is None:
            Schedule.objects.filter(kind=kind.name).delete()
            continue
        same = Schedule.objects.filter(kind=kind.name, every_s=kind.every_s, daily_at=kind.daily_at)
        if not same.exists():
            Schedule.objects.update_or_create(
                kind=kind.name,
                defaults={
                    "every_s": kind.every_s,
                    "daily_at": kind.daily_at,
                    "next_at": now if kind.every_s else next_time(None, kind.daily_at, now, zone),
                },
            )


def enqueue_due(zone: ZoneInfo) -> int:
    """Enqueues a job for every schedule that is due, once however many processes ask; returns how many."""
    now = clock.now()
    enqueued = 0
    for schedule in Schedule.objects.filter(next_at__lte=now, kind__in=[kind.name for kind in kinds()]):
        next_at = next_time(schedule.every_s, schedule.daily_at, now, zone)
        with transaction.atomic():
            due = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
            if due.update(next_at=next_at, last_at=now):  # 0: another process was first
                enqueue(schedule.kind, key=schedule.kind)
                enqueued += 1
    return enqueued


def next_time(every_s: int | None, daily_at: time | None, after: datetime, zone: ZoneInfo) -> datetime:
    """The next time after `after`. A daily time that a clock change leaves out comes as much later as the change."""
    if daily_at is None:
        return after + timedelta(seconds=every_s or 0)
    day = after.astimezone(zone).date()
    while True:
        at = datetime.combine(day, daily_at, zone).astimezone(after.tzinfo)
        if at > after:
            return at
        day += timedelta(days=1)
