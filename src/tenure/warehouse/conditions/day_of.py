"""The day an instant falls on, as arithmetic on microseconds: engines need to know no time zones."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tenure.lib.instants import to_us

DAY_US = 86_400_000_000


class Offset(NamedTuple):
    """From this instant on, a zone's clocks are so far ahead of UTC; both in microseconds."""

    since_us: int
    ahead_us: int


def start_us(day: date, zone: ZoneInfo) -> int:
    """The first instant of a day, in microseconds since 1970 UTC."""
    return to_us(datetime.combine(day, time(), zone))


def offsets(zone: ZoneInfo, first: date, last: date) -> list[Offset]:
    """The zone's offsets from the start of the first day to the end of the last, in order."""
    found = [Offset(start := start_us(first, zone), _ahead(start, zone))]
    end = start_us(last + timedelta(days=1), zone)
    while start < end:
        following = min(start + DAY_US, end)
        if _ahead(following, zone) != found[-1].ahead_us:
            since = _switch(start, following, zone)
            found.append(Offset(since, _ahead(since, zone)))
        start = following
    return found


def _ahead(us: int, zone: ZoneInfo) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)


def _switch(before: int, after: int, zone: ZoneInfo) -> int:
    """The first instant of the later offset."""
    earlier = _ahead(before, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _ahead(middle, zone) == earlier:
            before = middle
        else:
            after = middle
    return after
