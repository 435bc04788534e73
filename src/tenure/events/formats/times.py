"""Times as clients write them: ISO 8601 in its usual forms, and numbers since 1970."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

#: Numbers below it are seconds, below the next one milliseconds, above that microseconds: each from 1973 to 5138.
SECONDS_BELOW: Final = 10**11
MILLISECONDS_BELOW: Final = 10**14
LARGEST_US: Final = 253_402_300_799_999_999  # 9999-12-31

_TEXT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)


class BadTime(Exception):
    """A time nobody can read; the message says which."""


def read_number(value: float) -> int:
    """Microseconds since 1970 UTC of seconds, milliseconds or microseconds, told apart by their size.

    Never 0, here and below: that stands for no time given. Raises BadTime.
    """
    if value != value or abs(value) > LARGEST_US:
        raise BadTime(f"{value!r} is no time.")
    if abs(value) < SECONDS_BELOW:
        return round(value * 1_000_000) or 1
    return round(value * 1_000) if abs(value) < MILLISECONDS_BELOW else round(value)


def read_text(text: str) -> int:
    """Microseconds since 1970 UTC of ISO 8601 text or of a number in quotes. Raises BadTime.

    Text without a zone is UTC.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _read_unusual(text.strip())
    try:
        if moment.tzinfo is None:
            if text.isdigit() and len(text) > 8:  # datetime.fromisoformat takes some numbers for dates without dashes
                return read_number(int(text))
            moment = moment.replace(tzinfo=UTC)
        since = moment - EPOCH
    except OverflowError:
        raise BadTime(f"{text[:60]!r} is no time.") from None
    return since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds or 1


def _read_unusual(text: str) -> int:
    if re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", text, re.ASCII):
        return read_number(float(text) if "." in text else int(text))
    if match := _TEXT.fullmatch(text):
        fraction = (match[7] or "")[:6].ljust(6, "0")
        return _moment(match, int(fraction), _zone(match[8])) or 1
    raise BadTime(f"{text[:60]!r} is no time; write it like 2025-01-31T08:00:00Z.")


def read_unpadded_text(text: str, minutes_east: int = 0) -> int:
    """Microseconds since 1970 UTC of Sensors' text, in which the digits after the dot COUNT milliseconds.

    Its Python and JavaScript clients do not pad them: "2025-01-01 08:00:00.7" is 7 ms past the second.
    Raises BadTime. Text that names no zone is `minutes_east` of UTC.
    """
    match = _TEXT.fullmatch(text.strip())
    if match is None:
        raise BadTime(f"{text[:60]!r} is no time; write it like 2025-01-31 08:00:00.123.")
    digits = match[7] or "0"
    microseconds = int(digits) * 1000 if len(digits) <= 3 else int(digits[:6].ljust(6, "0"))
    zone = _zone(match[8]) if match[8] else timezone(timedelta(minutes=minutes_east))
    return _moment(match, microseconds, zone) or 1


def _moment(match: re.Match[str], microseconds: int, zone: timezone) -> int:
    year, month, day, hour, minute, second = (int(match[n] or 0) for n in range(1, 7))
    try:
        moment = datetime(year, month, day, hour, minute, second, microseconds, zone)
        return (moment - EPOCH) // MICROSECOND
    except (ValueError, OverflowError):
        raise BadTime(f"{match[0][:60]!r} is no time.") from None


def _zone(text: str | None) -> timezone:
    if not text or text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes >= 24 * 60:
        raise BadTime(f"{text!r} is no time zone.")
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
