"""What leaves compare with: which comparisons go with which type, and their values read and written as JSON."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from tenure.core.conditions.fields import Field, FieldType
from tenure.core.conditions.tree import RANKS, Asker, Best, Comparison, FromDay, Wanted, When
from tenure.core.document import BadDocument, Document

LARGEST = 1e15
MOST_VALUES = 100
LONGEST = 200
MOST_DAYS = 3_660
EARLIEST, LATEST = date(1900, 1, 1), date(2299, 12, 31)  # dates every engine can hold; any other is unknown

C = Comparison
_ORDER = (C.IS, C.IS_NOT, C.BELOW, C.AT_MOST, C.ABOVE, C.AT_LEAST, C.BETWEEN)
_KNOWN = (C.KNOWN, C.UNKNOWN)
_NUMBER = (*_ORDER, C.TOP, C.BOTTOM, *_KNOWN)
_DATE = (*_ORDER, C.IN_NEXT_DAYS, C.IN_LAST_DAYS, *_KNOWN)
_TEXT = (C.IS, C.IS_NOT, C.CONTAINS, C.NOT_CONTAINS, C.STARTS_WITH, C.IN, C.NOT_IN, *_KNOWN)

#: What goes with a type, in the order in which it is offered.
COMPARISONS: Mapping[FieldType, tuple[Comparison, ...]] = {
    FieldType.NUMBER: _NUMBER,
    FieldType.SHARE: _NUMBER,
    FieldType.MONEY: _NUMBER,
    FieldType.DAYS: _NUMBER,
    FieldType.DATE: _DATE,
    FieldType.CHOICE: (C.IS, C.IS_NOT, C.IN, C.NOT_IN, *_KNOWN),
    FieldType.CHOICES: (C.CONTAINS_ANY, C.CONTAINS_ALL, C.CONTAINS_NONE, *_KNOWN),
    FieldType.TEXT: _TEXT,
    FieldType.YES_NO: (C.IS, *_KNOWN),
    FieldType.MEMBER: (C.IN, C.NOT_IN, *_KNOWN),
}
_LISTS = frozenset({C.IN, C.NOT_IN, C.CONTAINS_ANY, C.CONTAINS_ALL, C.CONTAINS_NONE})


def read_value(document: Document, field: Field, comparison: Comparison) -> Wanted:
    """The leaf's `value`; raises BadDocument."""
    path, value = document.at("value"), document.raw("value")
    if comparison in RANKS:
        return _best(document.nested("value"))
    if comparison in (C.IN_NEXT_DAYS, C.IN_LAST_DAYS):
        return _whole(value, path, 0, MOST_DAYS)
    read = _reader(field)
    if comparison is C.BETWEEN:
        return cast(Wanted, _pair(value, path, read))
    if comparison in _LISTS:
        return cast(Wanted, _list(value, path, read))
    return cast(Wanted, read(value, path))


def write_value(value: Wanted) -> object:
    match value:
        case tuple():
            return [write_value(cast(Wanted, each)) for each in value]
        case date():
            return value.isoformat()
        case Asker():
            return value.value
        case FromDay():
            return {"days": value.days}
        case Best() if value.count is not None:
            return {"count": value.count}
        case Best():
            points = value.basis_points or 0
            return {"percent": points // 100 if points % 100 == 0 else points / 100}
        case _:
            return value


Read = Callable[[object, str], object]


def _reader(field: Field) -> Read:
    match field.type:
        case FieldType.DATE:
            return _when
        case FieldType.CHOICE | FieldType.CHOICES:
            return lambda value, path: _option(value, path, field)
        case FieldType.TEXT:
            return _text
        case FieldType.YES_NO:
            return _yes_no
        case FieldType.MEMBER:
            return _member
        case _:
            return _number


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise BadDocument(path, "must be a number.")
    if abs(value) > LARGEST:
        raise BadDocument(path, f"must be between {-LARGEST:g} and {LARGEST:g}.")
    return value


def _whole(value: object, path: str, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadDocument(path, f"must be a whole number from {low} to {high}.")
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST or "\0" in value:
        raise BadDocument(path, f"must be text of 1 to {LONGEST} characters.")
    return value


def _option(value: object, path: str, field: Field) -> str:
    text = _text(value, path)
    if field.options is not None and text not in field.options:
        raise BadDocument(path, f"must be one of {', '.join(field.options)}.")
    return text


def _yes_no(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise BadDocument(path, "must be true or false.")
    return value


def _member(value: object, path: str) -> int | Asker:
    if value == Asker.ME.value:
        return Asker.ME
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise BadDocument(path, 'must be a member\'s id or "me".')
    return value


def _when(value: object, path: str) -> When:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise BadDocument(path, f"there is no day {value}.") from None
        if not EARLIEST <= day <= LATEST:
            raise BadDocument(path, f"must lie between {EARLIEST} and {LATEST}.")
        return day
    if not isinstance(value, dict):
        raise BadDocument(path, 'must be a date such as "2026-03-01", or so many days from the day: {"days": -30}.')
    document = Document(value, path)
    days = document.whole("days", -MOST_DAYS, MOST_DAYS)
    document.close()
    return FromDay(days)


def _best(document: Document) -> Best:
    if document.optional("count"):
        best = Best(count=document.whole("count", 1, 100_000))
    else:
        percent = document.number("percent", 0.01, 100)
        best = Best(basis_points=round(percent * 100))
        if abs(percent * 100 - round(percent * 100)) > 1e-9:
            raise BadDocument(document.at("percent"), "must have at most two decimals.")
    document.close()
    return best


def _pair(value: object, path: str, read: Read) -> tuple[object, object]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadDocument(path, "must be a list of two: from and to.")
    low, high = read(value[0], f"{path}[0]"), read(value[1], f"{path}[1]")
    if _is_over(low, high):
        raise BadDocument(path, "must not begin after its end.")
    return low, high


def _is_over(low: object, high: object) -> bool:
    match low, high:
        case (FromDay(), FromDay()):
            return low.days > high.days
        case (date(), date()):
            return low > high
        case (int() | float(), int() | float()):
            return low > high
    return False  # a date and a distance: it depends on the day


def _list(value: object, path: str, read: Read) -> tuple[object, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise BadDocument(path, "must be a list with at least one entry.")
    if len(value) > MOST_VALUES:
        raise BadDocument(path, f"must have at most {MOST_VALUES} entries.")
    found = tuple(read(each, f"{path}[{n}]") for n, each in enumerate(value))
    if len(set(found)) < len(found):
        raise BadDocument(path, "names an entry twice.")
    return found
