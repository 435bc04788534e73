"""A leaf's comparison as SQL over the value it compares: true, or false or null; see core.conditions.comparing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from tenure.core.conditions.comparing import fold
from tenure.core.conditions.fields import DayColumn, Field, FieldType
from tenure.core.conditions.tree import Comparison, FromDay, Leaf, When
from tenure.warehouse.conditions.dialect import Dialect

OPERATORS: Mapping[Comparison, str] = {
    Comparison.IS: "=",
    Comparison.IS_NOT: "<>",
    Comparison.BELOW: "<",
    Comparison.AT_MOST: "<=",
    Comparison.ABOVE: ">",
    Comparison.AT_LEAST: ">=",
}
SETS = frozenset({FieldType.CHOICES, FieldType.MEMBER})


def leaf_sql(leaf: Leaf, field: Field, value: str, day: str, dialect: Dialect) -> str:
    """`value` is the leaf's operand, `day` the row's day."""
    if field.type in SETS:
        return _set(leaf, value, dialect)
    if isinstance(field.source, DayColumn) and field.source.codes:
        return _coded(leaf, field.source.codes, value)
    if leaf.comparison is Comparison.KNOWN:
        return f"{value} is not null"
    if leaf.comparison is Comparison.UNKNOWN:
        return f"{value} is null"
    if field.type is FieldType.DATE:
        return _date(leaf, value, day, dialect)
    if field.type is FieldType.YES_NO:
        return f"{value} = {'true' if leaf.value else 'false'}"
    if field.type in (FieldType.CHOICE, FieldType.TEXT):
        return _text(leaf, value, dialect)
    wanted = cast(Any, leaf.value)
    if leaf.comparison is Comparison.BETWEEN:
        return f"{value} between {dialect.bind(float(wanted[0]))} and {dialect.bind(float(wanted[1]))}"
    return f"{value} {OPERATORS[leaf.comparison]} {dialect.bind(float(wanted))}"


def _date(leaf: Leaf, value: str, day: str, dialect: Dialect) -> str:
    wanted = cast(Any, leaf.value)
    match leaf.comparison:
        case Comparison.IN_NEXT_DAYS:
            return f"{value} between {day} and {day} + {int(wanted)}"
        case Comparison.IN_LAST_DAYS:
            return f"{value} between {day} - {int(wanted)} and {day}"
        case Comparison.BETWEEN:
            return f"{value} between {_when(wanted[0], day, dialect)} and {_when(wanted[1], day, dialect)}"
        case comparison:
            return f"{value} {OPERATORS[comparison]} {_when(wanted, day, dialect)}"


def _when(when: When, day: str, dialect: Dialect) -> str:
    if isinstance(when, date):
        return dialect.day(when)
    assert isinstance(when, FromDay)
    return f"({day} + {when.days})" if when.days >= 0 else f"({day} - {-when.days})"


def _coded(leaf: Leaf, codes: Mapping[str, int], value: str) -> str:
    """A choice that is kept as a number: a number that is no option's is unknown."""
    listed = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    match leaf.comparison:
        case Comparison.KNOWN | Comparison.UNKNOWN:
            among = set(codes.values())
        case Comparison.IS | Comparison.IN:
            among = {code for option, code in codes.items() if option in listed}
        case _:
            among = {code for option, code in codes.items() if option not in listed}
    test = f"{value} in ({', '.join(map(str, sorted(among)))})" if among else "false"
    return f"not coalesce({test}, false)" if leaf.comparison is Comparison.UNKNOWN else test


def _text(leaf: Leaf, value: str, dialect: Dialect) -> str:
    match leaf.comparison:
        case Comparison.CONTAINS:
            return dialect.contains(value, dialect.bind(fold(str(leaf.value))))
        case Comparison.NOT_CONTAINS:
            return f"not {dialect.contains(value, dialect.bind(fold(str(leaf.value))))}"
        case Comparison.STARTS_WITH:
            return dialect.starts_with(value, dialect.bind(fold(str(leaf.value))))
        case Comparison.IN | Comparison.NOT_IN:
            listed = ", ".join(dialect.bind(fold(each)) for each in cast("tuple[str, ...]", leaf.value))
            return f"{value} {'not in' if leaf.comparison is Comparison.NOT_IN else 'in'} ({listed})"
        case comparison:
            return f"{value} {OPERATORS[comparison]} {dialect.bind(fold(str(leaf.value)))}"


def _set(leaf: Leaf, value: str, dialect: Dialect) -> str:
    if leaf.comparison is Comparison.KNOWN:
        return dialect.has_values(value)
    if leaf.comparison is Comparison.UNKNOWN:
        return f"not {dialect.has_values(value)}"
    listed = cast("tuple[object, ...]", leaf.value)
    wanted = [str(each) if isinstance(each, int) else dialect.bind(str(each)) for each in listed]
    match leaf.comparison:
        case Comparison.CONTAINS_ALL:
            return dialect.has_all(value, wanted)
        case Comparison.CONTAINS_ANY | Comparison.IN:
            return dialect.has_any(value, wanted)
        case _:  # contains_none and not_in
            return f"({dialect.has_values(value)} and not {dialect.has_any(value, wanted)})"
