"""Whether a known or unknown value compares as a leaf asks: the one meaning of each comparison."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, cast

from tenure.core.change import Change, NoChange, change, year_before
from tenure.core.conditions.fields import Value
from tenure.core.conditions.tree import As, ChangeOf, Comparison, FromDay, Leaf, When


def passes(leaf: Leaf, value: Value, day: date) -> bool:
    """Whether the value compares so on the day. Ranks are none of its business: they need the other accounts."""
    if leaf.comparison is Comparison.UNKNOWN:
        return value is None
    if value is None or leaf.comparison is Comparison.KNOWN:
        return value is not None
    if isinstance(value, date):
        return _date_passes(leaf, value, day)
    if isinstance(value, frozenset):
        return _set_passes(leaf, value)
    if isinstance(value, str):
        return _text_passes(leaf, value)
    return _orders(leaf.comparison, value, leaf.value)


def fold(text: str) -> str:
    """Text without the difference of capitals and small letters, as the engines can do it, too.

    The Turkish capital İ is an i, the Greek sigma at the end of a word one like any other: so every engine agrees.
    """
    return text.lower().replace("i\u0307", "i").replace("ς", "σ")


def on(when: When, day: date) -> date:
    """The date that is meant on the day."""
    return day + timedelta(days=when.days) if isinstance(when, FromDay) else when


def base_day(change_of: ChangeOf, day: date) -> date:
    """The day a change is counted from."""
    return year_before(day) if change_of.days is None else day - timedelta(days=change_of.days)


def changed(change_of: ChangeOf, value: float | None, base: float | None) -> Change:
    """The change as it is asked for, or why there is none; `change` is a share or a difference."""
    as_share = change(value, base, change_of.minimum or 0)
    if change_of.as_ is As.SHARE or value is None or base is None or as_share.why_none is NoChange.TOO_LITTLE:
        return as_share
    if base == 0 and change_of.minimum:
        return Change(value, base, None, NoChange.TOO_LITTLE)
    return Change(value, base, value - base)


def _date_passes(leaf: Leaf, value: date, day: date) -> bool:
    wanted = cast(Any, leaf.value)
    match leaf.comparison:
        case Comparison.IN_NEXT_DAYS:
            return day <= value <= day + timedelta(days=wanted)
        case Comparison.IN_LAST_DAYS:
            return day - timedelta(days=wanted) <= value <= day
        case Comparison.BETWEEN:
            return on(wanted[0], day) <= value <= on(wanted[1], day)
        case comparison:
            return _orders(comparison, value, on(wanted, day))


def _set_passes(leaf: Leaf, value: Collection[object]) -> bool:
    wanted = cast("tuple[object, ...]", leaf.value)
    match leaf.comparison:
        case Comparison.CONTAINS_ALL:
            return all(each in value for each in wanted)
        case Comparison.CONTAINS_ANY | Comparison.IN:
            return any(each in value for each in wanted)
        case _:  # contains_none and not_in
            return not any(each in value for each in wanted)


def _text_passes(leaf: Leaf, value: str) -> bool:
    value, wanted = fold(value), leaf.value
    match leaf.comparison:
        case Comparison.IN | Comparison.NOT_IN:
            named = value in {fold(each) for each in cast("tuple[str, ...]", wanted)}
            return named == (leaf.comparison is Comparison.IN)
        case Comparison.CONTAINS:
            return fold(str(wanted)) in value
        case Comparison.NOT_CONTAINS:
            return fold(str(wanted)) not in value
        case Comparison.STARTS_WITH:
            return value.startswith(fold(str(wanted)))
        case comparison:
            return _orders(comparison, value, fold(str(wanted)))


def _orders(comparison: Comparison, value: Any, wanted: Any) -> bool:
    match comparison:
        case Comparison.IS:
            return bool(value == wanted)
        case Comparison.IS_NOT:
            return bool(value != wanted)
        case Comparison.BELOW:
            return bool(value < wanted)
        case Comparison.AT_MOST:
            return bool(value <= wanted)
        case Comparison.ABOVE:
            return bool(value > wanted)
        case Comparison.AT_LEAST:
            return bool(value >= wanted)
        case Comparison.BETWEEN:
            return bool(wanted[0] <= value <= wanted[1])
        case _:
            raise ValueError(f"{comparison} does not compare {value!r}.")
