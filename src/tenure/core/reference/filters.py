"""Whether an event passes a metric's property filters."""

import json
import math
from collections.abc import Mapping
from typing import Any

from tenure.core.metrics import Comparison, PropertyFilter

MISSING = None  # a null property is a missing one


def passes(properties: str, where: tuple[PropertyFilter, ...]) -> bool:
    values = read(properties)
    return all(_passes(values.get(each.property, MISSING), each) for each in where)


def number(properties: str, name: str) -> float | None:
    """The property when it is a finite number."""
    return as_number(read(properties).get(name))


def read(properties: str) -> Mapping[str, Any]:
    """The properties at the top; none when the text is not a JSON object."""
    try:
        values = json.loads(properties)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def as_text(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else None


def _passes(value: object, filter: PropertyFilter) -> bool:
    match filter.comparison:
        case Comparison.SET:
            return value is not None
        case Comparison.NOT_SET:
            return value is None
        case Comparison.IS:
            return _is(value, filter.value)
        case Comparison.IS_NOT:
            return not _is(value, filter.value)
        case Comparison.CONTAINS:
            text, part = as_text(value), as_text(filter.value)
            return text is not None and part is not None and part in text
    left, right = as_number(value), as_number(filter.value)
    if left is None or right is None:
        return False
    match filter.comparison:
        case Comparison.ABOVE:
            return left > right
        case Comparison.AT_LEAST:
            return left >= right
        case Comparison.BELOW:
            return left < right
        case _:
            return left <= right


def _is(value: object, wanted: object) -> bool:
    text, number = as_text(wanted), as_number(wanted)
    if text is not None:
        return as_text(value) == text
    return number is not None and as_number(value) == number
