"""A property of an event in ClickHouse SQL: its number, and the tests of a PropertyFilter. See core.metrics."""

from tenure.core.metrics import Comparison, PropertyFilter
from tenure.warehouse.clickhouse.parameters import Parameters

_ORDER = {Comparison.ABOVE: ">", Comparison.AT_LEAST: ">=", Comparison.BELOW: "<", Comparison.AT_MOST: "<="}
_NUMBERS = "('Int64', 'UInt64', 'Double')"


def is_number(name: str) -> str:
    """SQL: whether the property `name` (a bound parameter) is a number."""
    return f"JSONType(properties, {name}) IN {_NUMBERS}"


def number(name: str) -> str:
    """SQL: the property as Float64; 0 when it is none."""
    return f"JSONExtractFloat(properties, {name})"


def passes(test: PropertyFilter, parameters: Parameters) -> str:
    """SQL: whether the event passes one filter."""
    name = parameters.add(test.property, "String")
    match test.comparison:
        case Comparison.SET:
            return f"NOT ({_missing(name)})"
        case Comparison.NOT_SET:
            return _missing(name)
        case Comparison.IS:
            return _equals(name, test.value, parameters)
        case Comparison.IS_NOT:
            return f"NOT ({_equals(name, test.value, parameters)})"
        case Comparison.CONTAINS:
            if not isinstance(test.value, str | bool):
                return "false"
            part = parameters.add(_text(test.value), "String")
            return f"({_is_text(name)} AND position({_as_text(name)}, {part}) > 0)"
    if isinstance(test.value, str | bool) or test.value is None:
        return "false"
    bound = parameters.add(float(test.value), "Float64")
    return f"({is_number(name)} AND {number(name)} {_ORDER[test.comparison]} {bound})"


def _missing(name: str) -> str:
    return f"JSONType(properties, {name}) = 'Null'"


def _equals(name: str, value: str | float | bool | None, parameters: Parameters) -> str:
    if value is None:
        return "false"
    if isinstance(value, str | bool):
        return f"({_is_text(name)} AND {_as_text(name)} = {parameters.add(_text(value), 'String')})"
    return f"({is_number(name)} AND {number(name)} = {parameters.add(float(value), 'Float64')})"


def _is_text(name: str) -> str:
    return f"JSONType(properties, {name}) IN ('String', 'Bool')"


def _as_text(name: str) -> str:
    return (
        f"if(JSONType(properties, {name}) = 'Bool', if(JSONExtractBool(properties, {name}), 'true', 'false'),"
        f" JSONExtractString(properties, {name}))"
    )


def _text(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
