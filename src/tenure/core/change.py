"""How a number changed: against the period before (环比) and against the same dates a year earlier (同比).

Both sides always span equally many days. A change has no value when its base is 0 or below the minimum volume; the
reason is kept, so that a page can say why instead of showing 0 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Grain(StrEnum):
    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"
    QUARTER = "quarter"


class NoChange(StrEnum):
    NO_VALUE = "no value"  # the number itself is not known
    NO_BASE = "no base"  # nothing is known of the earlier period
    BASE_ZERO = "base zero"
    TOO_LITTLE = "too little"  # the base is below the minimum volume


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Change:
    """`change` is a share (0.1 = 10 % more); None with the reason in `why_none`."""

    value: float | None
    base: float | None
    change: float | None
    why_none: NoChange | None = None


def change(value: float | None, base: float | None, minimum: float = 0) -> Change:
    """(value - base) / |base|; `minimum` is the smallest base, in the number's own unit, worth comparing with."""
    if value is None:
        return Change(value, base, None, NoChange.NO_VALUE)
    if base is None:
        return Change(value, base, None, NoChange.NO_BASE)
    if base == 0:
        return Change(value, base, None, NoChange.BASE_ZERO)
    if abs(base) < minimum:
        return Change(value, base, None, NoChange.TOO_LITTLE)
    return Change(value, base, (value - base) / abs(base))


def window(day: date, days: int) -> Span:
    """The `days` days that end on the day."""
    return Span(day - timedelta(days=days - 1), day)


def window_before(span: Span) -> Span:
    """Equally many days, directly before."""
    return Span(span.first - timedelta(days=span.days), span.first - timedelta(days=1))


def window_year_before(span: Span) -> Span:
    """Equally many days that end on the same date a year earlier (28 February for the 29th)."""
    return window(year_before(span.last), span.days)


def against_previous(day: date, grain: Grain) -> tuple[Span, Span]:
    """The running calendar period up to the day, and equally many first days of the one before.

    When the period before is shorter (March 30 against February), both are cut to its length.
    """
    start = period_start(day, grain)
    return _first_days(start, day, period_start(start - timedelta(days=1), grain), start - timedelta(days=1))


def against_last_year(day: date, grain: Grain) -> tuple[Span, Span]:
    """The running calendar period up to the day, and the same dates a year earlier; a leap day has no counterpart."""
    start = period_start(day, grain)
    return _first_days(start, day, year_before(start), year_before(day))


def period_start(day: date, grain: Grain) -> date:
    """The first day of the day's calendar period."""
    match grain:
        case Grain.DAY:
            return day
        case Grain.WEEK:
            return day - timedelta(days=day.weekday())
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def year_before(day: date) -> date:
    """The same date a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def total(daily: Mapping[date, float], span: Span) -> float:
    """The sum over a span; a day that is missing counts 0."""
    return sum(daily.get(span.first + timedelta(days=n), 0) for n in range(span.days))


def _first_days(first: date, last: date, base_first: date, base_last: date) -> tuple[Span, Span]:
    days = min((last - first).days, (base_last - base_first).days)
    return Span(first, first + timedelta(days=days)), Span(base_first, base_first + timedelta(days=days))
