"""Times as microseconds since 1970 UTC, the way messages carry them, and as aware datetimes."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_datetime(time_us: int) -> datetime:
    """The time in UTC."""
    return _EPOCH + timedelta(microseconds=time_us)


def to_us(time: datetime) -> int:
    """Whole microseconds since 1970 UTC of an aware datetime, exactly."""
    return (time - _EPOCH) // _MICROSECOND
