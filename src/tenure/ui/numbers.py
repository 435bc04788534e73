"""The one formatter: how numbers, shares, money, days and durations read on screen, in the person's language."""

from datetime import date, datetime

from babel import Locale
from babel.numbers import format_currency
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

NONE = "–"  # an empty cell
MINUS = "\u2212"


def number(value: float | None, digits: int | None = None) -> str:
    """1,234 or 12.5; without `digits`, one decimal below 100 unless the value is whole."""
    if value is None:
        return NONE
    if digits is None:
        digits = 0 if value == int(value) or abs(value) >= 99.95 else 1
    return _signed(f"{value:,.{digits}f}")


def share(value: float | None, digits: int | None = None) -> str:
    """A share (0.62) as 62%; one decimal below 1 % and above 99 % so that neither end is claimed too early."""
    if value is None:
        return NONE
    if digits is None:
        digits = 1 if 0 < abs(value) < 0.01 or 0.99 < abs(value) < 1 else 0
    return _signed(f"{value * 100:,.{digits}f}%")


def change(value: float | None) -> str:
    """A relative change (−0.031) with its sign: −3.1%."""
    if value is None:
        return NONE
    digits = 1 if abs(value) < 0.0995 else 0
    return _signed(f"{value * 100:+,.{digits}f}%")


def points(value: float | None) -> str:
    """A difference in points with its sign: +9.3."""
    return NONE if value is None else _signed(f"{value:+,.1f}")


def share_points(value: float | None) -> str:
    """A difference of two shares (0.05) in percentage points: +5.0 pp."""
    return NONE if value is None else _("%(points)s pp") % {"points": points(value * 100)}


def compact(value: float | None) -> str:
    """12.3k, 4.5M; in Chinese 1.2万, 3.4亿."""
    if value is None:
        return NONE
    steps = ((1e8, "亿"), (1e4, "万")) if _chinese() else ((1e9, "B"), (1e6, "M"), (1e3, "k"))
    for size, letter in steps:
        if abs(value) >= size:
            return _signed(f"{value / size:,.1f}".removesuffix(".0") + letter)
    return number(value)


def money(cents: int | None, currency: str) -> str:
    """Minor units of a currency with its sign and its usual decimals: $1,234.50."""
    if cents is None:
        return NONE
    locale = Locale("zh", "CN", "Hans") if _chinese() else Locale("en", "US")
    return str(format_currency(cents / 100, currency, locale=locale))


def measure(value: float | None, unit: str) -> str:
    """A metric's value by its unit: share → 62%, days → 3 days, anything else → a number."""
    if value is None:
        return NONE
    if unit == "share":
        return share(value)
    if unit == "days":
        return days(round(value))
    return number(value)


def days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def day(value: date | None) -> str:
    """2026-11-22, the same in every language."""
    return NONE if value is None else value.isoformat()


def moment(value: datetime | None) -> str:
    """2026-11-22 14:05 in the workspace's zone."""
    return NONE if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


def relative(value: date | None, today: date) -> str:
    """A day seen from another: today, yesterday, 3 days ago, in 57 days."""
    if value is None:
        return NONE
    ahead = (value - today).days
    if ahead == 0:
        return _("today")
    if ahead == -1:
        return _("yesterday")
    if ahead == 1:
        return _("tomorrow")
    if ahead > 0:
        return ngettext("in %(count)s day", "in %(count)s days", ahead) % {"count": number(ahead)}
    return ngettext("%(count)s day ago", "%(count)s days ago", -ahead) % {"count": number(-ahead)}


def duration(seconds: float | None) -> str:
    """The two largest parts: 3 min 20 s, 2 h 5 min, 4 d 3 h."""
    if seconds is None:
        return NONE
    if seconds < 1:
        return _join(_part(round(seconds * 1000), "ms"))
    left = round(seconds)
    parts: list[tuple[int, str]] = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        count, left = divmod(left, size)
        if count or parts:
            parts.append((count, unit))
        if len(parts) == 2:
            break
    return _join(*(_part(count, unit) for count, unit in parts if count))


def size(count: float | None) -> str:
    """Bytes as kB, MB or GB (powers of 1000)."""
    if count is None:
        return NONE
    for unit in ("B", "kB", "MB", "GB"):
        if abs(count) < 1000 or unit == "GB":
            return f"{number(count)} {unit}"
        count /= 1000
    raise AssertionError


def _part(count: int, unit: str) -> str:
    units = {
        "ms": pgettext("duration", "%(count)s ms"),
        "s": pgettext("duration", "%(count)s s"),
        "min": pgettext("duration", "%(count)s min"),
        "h": pgettext("duration", "%(count)s h"),
        "d": pgettext("duration", "%(count)s d"),
    }
    return units[unit] % {"count": number(count)}


def _join(*parts: str) -> str:
    return " ".join(parts)


def _signed(text: str) -> str:
    if not text.strip("0.,%+-"):
        return text.lstrip("+-")  # rounded to zero: neither up nor down
    return MINUS + text[1:] if text.startswith("-") else text


def _chinese() -> bool:
    return (get_language() or "en").startswith("zh")
