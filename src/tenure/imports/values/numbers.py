"""Numbers as people write them: 1,234.5 · 1.234,5 · ￥1.2万 · (300) · 12%."""

import re
import unicodedata
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from tenure.imports.values.errors import BadCell

LARGEST: Final = 10**15
_TIMES: Final = {"千": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "億": 8}
_CURRENCY: Final = r"[¥$€£元块]|RMB|CNY|USD|EUR|GBP|人民币|美元|欧元"
_SHAPE: Final = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+−])?\s*(?:{_CURRENCY})?\s*(?P<sign2>[-+−])?\s*"
    rf"(?P<digits>\d[\d.,'’\s_]*|\.\d+)\s*(?P<times>十万|百万|千万|[千万萬亿億])?\s*(?P<share>%)?\s*(?:{_CURRENCY})?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"-?\d{1,15}")
_THOUSANDS: Final = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ",.'’ _"}
_WAN: Final = re.compile(r"\d{1,4}(?:,\d{4})+")  # grouped by ten thousands, as Chinese counts


def read_number(cell: Any) -> int | float:
    """A cell as a number; raises BadCell."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str | Decimal):
        raise BadCell(_no_number(cell))
    if not isinstance(cell, str):
        return _within(Decimal(str(cell)), cell)
    if _PLAIN.fullmatch(cell):
        return int(cell)
    found = _SHAPE.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["sign2"]):
        raise BadCell(_no_number(cell))
    number = Decimal(_digits(found["digits"].strip(), cell)).scaleb(_TIMES.get(found["times"] or "", 0))
    if found["share"]:
        number /= 100
    if found["open"] or (found["sign"] or found["sign2"] or "+") != "+":
        number = -number
    return _within(number, cell)


def _digits(text: str, cell: object) -> str:
    """Digits with a point at most. A last mark that comes but once and groups no thousands is the decimal one."""
    marks = [mark for mark in text if not mark.isdigit()]
    if not marks:
        return text
    last = marks[-1]
    whole, _mark, rest = text.rpartition(last)
    if len(set(marks)) == 1:
        grouped = _THOUSANDS[last if last in _THOUSANDS else " "].fullmatch(text) or _WAN.fullmatch(text)
        if grouped and not (last == "." and len(marks) == 1):
            return re.sub(r"\D", "", text)
        if len(marks) == 1 and last in ".,":
            return f"{whole or '0'}.{rest or '0'}"
    elif last in ".," and marks.count(last) == 1:
        other = marks[0]
        if (_THOUSANDS.get(other) or _THOUSANDS[" "]).fullmatch(whole) or (other == "," and _WAN.fullmatch(whole)):
            return f"{re.sub(r'[^0-9]', '', whole)}.{rest or '0'}"
    raise BadCell(_no_number(cell))


def _within(number: Decimal, cell: object) -> int | float:
    if not number.is_finite():
        raise BadCell(_no_number(cell))
    if abs(number) > LARGEST:
        raise BadCell(_("That number is too large."))
    return int(number) if number == number.to_integral_value() else float(number)


def _no_number(cell: object) -> str:
    return _("“%(text)s” is no number. Write it like 1200, 1,200.50 or 1.2万.") % {"text": str(cell)[:60]}
