"""Values of fields as facts say them: JSON, read by the field's type. What is of another type is unknown."""

import json
import math
import re
from datetime import date
from typing import Any

from tenure.core.conditions.fields import NUMBERS, FieldType, Value
from tenure.core.conditions.values import EARLIEST, LATEST

DATE = re.compile(r"(\d{4}-\d\d-\d\d)([T ].*)?", re.ASCII | re.DOTALL)
LARGEST_MEMBER = 10**9 - 1


def read_said(type: FieldType, text: str) -> Value:
    """The value a fact's JSON text says.

    A choice or text may be a number or a boolean: its JSON text. A date may have a time behind it; one before 1900 or
    after 2299 is unknown. Sets may be a single value; what is no text, or no member's id, is left out, and an empty
    set or text is unknown.
    """
    value = json.loads(text)
    if type in NUMBERS:
        return _number(value)
    match type:
        case FieldType.DATE:
            return _date(value)
        case FieldType.CHOICE | FieldType.TEXT:
            return value or None if isinstance(value, str) else _plain(value, text)
        case FieldType.YES_NO:
            return value if isinstance(value, bool) else None
        case FieldType.CHOICES:
            return frozenset(each for each in _list(value) if isinstance(each, str)) or None
        case _:
            return frozenset(each for each in _list(value) if _is_member(each)) or None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _date(value: Any) -> date | None:
    found = DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


def _plain(value: Any, text: str) -> str | None:
    return None if value is None or isinstance(value, list | dict) else text


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_member(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_MEMBER
