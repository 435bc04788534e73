"""What a column holds, told by some of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from tenure.imports.values.days import Order, TwoDays, order_of, read_moment
from tenure.imports.values.errors import BadCell
from tenure.imports.values.numbers import read_number
from tenure.imports.values.texts import read_text, read_yes_no

_MOST_WRONG: Final = 0.1  # of the cells may be something else: those rows are reported one by one
_UTC: Final = ZoneInfo("UTC")


class Holds(StrEnum):
    NOTHING = "nothing"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"
    TEXT = "text"


HOLDS_WORDS: Final = {
    Holds.NOTHING: gettext_lazy("nothing"),
    Holds.NUMBER: gettext_lazy("numbers"),
    Holds.DAY: gettext_lazy("dates"),
    Holds.MOMENT: gettext_lazy("dates with times"),
    Holds.YES_NO: gettext_lazy("yes or no"),
    Holds.TEXT: gettext_lazy("text"),
}


@dataclass(frozen=True)
class ColumnKind:
    """`order` is that of dates such as 3/4/2026; `unsure` says that such dates are there and none tells the order."""

    holds: Holds
    order: Order | None = None
    unsure: bool = False


def detect(cells: Sequence[Any]) -> ColumnKind:
    """What most of these cells are. Numbers that begin with a zero are text: they are ids and telephone numbers."""
    filled = [cell for cell in cells if read_text(cell)]
    if not filled:
        return ColumnKind(Holds.NOTHING)
    texts = [read_text(cell) for cell in filled]
    if set(map(str.casefold, texts)) - {"0", "1"} and _mostly(filled, read_yes_no):
        return ColumnKind(Holds.YES_NO)
    if not any(_is_id(text) for text in texts) and _mostly(filled, read_number):
        return ColumnKind(Holds.NUMBER)
    order = order_of(texts)
    if _mostly(filled, lambda cell: read_moment(cell, _UTC, order or Order.MONTH_FIRST), but=(int, float)):
        timed = any(":" in text for text in texts) or any(_has_time(cell) for cell in filled)
        unsure = order is None and any(_is_twofold(cell) for cell in filled)
        return ColumnKind(Holds.MOMENT if timed else Holds.DAY, order, unsure)
    return ColumnKind(Holds.TEXT)


def _mostly(cells: Sequence[Any], read: Any, but: tuple[type, ...] = ()) -> bool:
    wrong = 0
    for cell in cells:
        try:
            if isinstance(cell, but) and not isinstance(cell, date):
                raise BadCell("")
            read(cell)
        except BadCell:
            wrong += 1
            if wrong > _MOST_WRONG * len(cells):
                return False
    return True


def _is_id(text: str) -> bool:
    return (len(text) > 1 and text.startswith("0") and text.isdecimal()) or (text.isdecimal() and len(text) > 15)


def _has_time(cell: Any) -> bool:
    return isinstance(cell, datetime) and cell.time() != datetime.min.time()


def _is_twofold(cell: Any) -> bool:
    try:
        read_moment(cell, _UTC)
    except TwoDays:
        return True
    except BadCell:
        return False
    return False
