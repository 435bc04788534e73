"""Tickets and survey answers as numbers of each account: "tickets:28", "open_tickets:1", "nps:90"."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Q

from tenure.health.counted.rooms import name_count
from tenure.records.models import NPS, SurveyAnswer, Ticket

#: Opened in so many days.
TICKETS: Final = "tickets"
#: Open at the end of the day; the days do not matter.
OPEN_TICKETS: Final = "open_tickets"
#: The latest answer to NPS in so many days, 0 to 10; no value without one.
LATEST_NPS: Final = "nps"


def register() -> None:
    name_count(TICKETS, tickets_between)
    name_count(OPEN_TICKETS, open_after)
    name_count(LATEST_NPS, latest_nps, zero=False)


def tickets_between(first: date, last: date) -> Mapping[int, float]:
    return _counted(Q(at__gte=_start(first), at__lt=_end(last)))


def open_after(first: date, last: date) -> Mapping[int, float]:
    end = _end(last)
    return _counted(Q(at__lt=end) & (Q(closed_at=None) | Q(closed_at__gte=end)))


def latest_nps(first: date, last: date) -> Mapping[int, float]:
    rows = SurveyAnswer.objects.filter(survey__iexact=NPS, at__gte=_start(first), at__lt=_end(last))
    return dict(rows.order_by("at", "pk").values_list("account", "score"))


def _counted(which: Q) -> Mapping[int, float]:
    rows = Ticket.objects.filter(which).order_by().values_list("account").annotate(count=Count("pk"))
    return {account_id: float(count) for account_id, count in rows}


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), settings.CONFIG.zone)


def _end(day: date) -> datetime:
    return _start(day + timedelta(days=1))
