"""Days and times as people write them, in every usual order of day and month."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tenure.imports.values.errors import BadCell

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-.]*(?P<month>[a-z]{3,9})\.?|(?P<month2>[a-z]{3,9})\.?\s*(?P<day2>\d{1,2})(?:st|nd|rd|th)?)"
    r"[\s,\-.]*(?P<year>\d{4})",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK: Final = re.compile(
    r"(?P<half2>上午|下午)?\s*(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})分?(?:[:]?(?P<second>\d{1,2})秒?)?(?:[.,](?P<part>\d{1,9}))?\s*"
    r"(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.IGNORECASE,
)
_EPOCH: Final = re.compile(r"\d{10}|\d{13}|\d{16}")
_EXCEL_DAY_0: Final = date(1899, 12, 30)


class TwoDays(BadCell):
    """The text may be either of two days: nothing says whether day or month comes first."""


class Order(StrEnum):
    """Which of two small numbers is the month, where the year stands last."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def order_of(texts: Iterable[str]) -> Order | None:
    """What a column's own dates tell about their order; None where every one could be either, or they disagree."""
    found = set()
    for text in texts:
        if parts := _YEAR_LAST.match(text.strip()):
            first, second = int(parts[1]), int(parts[2])
            if first > 12 >= second:
                found.add(Order.DAY_FIRST)
            elif second > 12 >= first:
                found.add(Order.MONTH_FIRST)
            elif "." in text[:3]:
                found.add(Order.DAY_FIRST)  # nobody writes 3.14.2026
    return found.pop() if len(found) == 1 else None


def read_day(cell: Any, order: Order | None = None) -> date:
    """A cell as a day, without its time. Raises BadCell for what is none, and for one that could be two."""
    if isinstance(cell, datetime):
        return _within(cell.date(), cell)
    if isinstance(cell, date):
        return _within(cell, cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 1 <= cell < 110_000:
        return _within(_EXCEL_DAY_0 + timedelta(days=int(cell)), cell)  # an Excel cell that lost its format
    if not isinstance(cell, str):
        raise BadCell(_no_day(cell))
    return _day_of(*_split(_clean(cell), cell)[:2], cell, order)


def read_moment(cell: Any, zone: ZoneInfo, order: Order | None = None) -> datetime:
    """A cell as an instant in UTC; without a zone of its own it is in `zone`. Raises BadCell."""
    if isinstance(cell, datetime):
        _within(cell.date(), cell)
        return (cell if cell.tzinfo else cell.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(cell, date):
        return datetime.combine(_within(cell, cell), time(), zone).astimezone(UTC)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if 1 <= cell < 110_000:
            days = timedelta(days=float(cell))
            return (datetime.combine(_EXCEL_DAY_0, time(), zone) + days).astimezone(UTC)
        cell = str(int(cell))
    if not isinstance(cell, str):
        raise BadCell(_no_day(cell))
    text = _clean(cell)
    if _EPOCH.fullmatch(text):
        seconds = int(text) / 10 ** (len(text) - 10)
        return datetime.fromtimestamp(seconds, UTC)
    shape, parts, rest = _split(text, cell)
    day = _day_of(shape, parts, cell, order)
    if not rest:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    return _at(day, rest, cell, zone)


def _clean(cell: str) -> str:
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()


def _split(text: str, cell: object) -> tuple[re.Pattern[str], re.Match[str], str]:
    """The shape of the day at the start, its parts, and what comes after it."""
    for shape in (_YEAR_FIRST, _YEAR_LAST, _NAMED, _COMPACT):
        if found := shape.match(text):
            rest = text[found.end() :]
            if not rest or rest[0] in " T,t下上":
                return shape, found, rest.lstrip(" T,t")
    raise BadCell(_no_day(cell))


def _day_of(shape: re.Pattern[str], found: re.Match[str], cell: object, order: Order | None) -> date:
    if shape is _NAMED:
        name = (found["month"] or found["month2"])[:3].lower()
        if name not in _MONTHS:
            raise BadCell(_no_day(cell))
        year, month, day = int(found["year"]), _MONTHS.index(name) + 1, int(found["day"] or found["day2"])
    elif shape is _YEAR_LAST:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if order is None and first <= 12 and second <= 12 and first != second:
            said = _("“%(text)s” may be two days: say whether the day or the month comes first.")
            raise TwoDays(said % {"text": str(cell)[:40]})
        day_first = order is Order.DAY_FIRST or (order is None and first > 12)
        day, month = (first, second) if day_first else (second, first)
    else:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        return _within(date(year, month, day), cell)
    except ValueError:
        raise BadCell(_("There is no day “%(text)s” in the calendar.") % {"text": str(cell)[:40]}) from None


def _at(day: date, rest: str, cell: object, zone: ZoneInfo) -> datetime:
    found = _CLOCK.fullmatch(rest)
    if found is None:
        raise BadCell(_no_day(cell))
    hour, half = int(found["hour"]), (found["half"] or found["half2"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise BadCell(_no_day(cell))
    if half:
        hour = hour % 12 + (12 if half[0] in "p下" else 0)
    micros = int((found["part"] or "0").ljust(6, "0")[:6])
    try:
        clock = time(hour, int(found["minute"]), int(found["second"] or 0), micros)
        moment = datetime.combine(day, clock, zone)
        said = (found["zone"] or "").lower()
        if said in ("z", "utc", "gmt"):
            moment = moment.replace(tzinfo=UTC)
        elif said:
            hours, minutes = int(said[1:3]), int(said.replace(":", "")[3:] or 0)
            ahead = timedelta(hours=hours, minutes=minutes) * (-1 if said[0] == "-" else 1)
            moment = moment.replace(tzinfo=UTC) - ahead
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadCell(_no_day(cell)) from None


def _within(day: date, cell: object) -> date:
    if not EARLIEST <= day < LATEST:
        raise BadCell(_("“%(text)s” lies too far away.") % {"text": str(cell)[:40]})
    return day


def _no_day(cell: object) -> str:
    return _("“%(text)s” is no date. Write it like 2026-11-22, or 2026-11-22 15:30.") % {"text": str(cell)[:60]}
