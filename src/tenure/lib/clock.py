"""The one clock. Code at the edge asks it; the core gets `now` as an argument. Tests set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_read: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """The current time in UTC."""
    return _read()


def today(zone: ZoneInfo) -> date:
    """The current day in a zone."""
    return now().astimezone(zone).date()


def set_clock(read: Callable[[], datetime] | None) -> None:
    """Replaces the clock (tests, demo); None puts the real one back."""
    global _read
    _read = read or (lambda: datetime.now(UTC))


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """The clock stands at the moment within the block, and is what it was after it."""
    before = _read
    set_clock(lambda: moment)
    try:
        yield
    finally:
        set_clock(before)
