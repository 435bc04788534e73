"""Which events a metric looks at, as SQL over event and event_dim."""

import sys
from dataclasses import replace

from tenure.core.metrics import Comparison, MetricSpec, PropertyFilter

ORDERS = {Comparison.ABOVE: ">", Comparison.AT_LEAST: ">=", Comparison.BELOW: "<", Comparison.AT_MOST: "<="}
LARGEST = sys.float_info.max


class Parameters:
    """Values bound to a statement under names of their own, so that no text of a person becomes SQL."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def bind(self, value: object) -> str:
        """The place of a value in the statement; the same value gets the same place."""
        for name, bound in self.values.items():
            if bound == value and type(bound) is type(value):
                return f"${name}"
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def of_events(events: tuple[int, ...] | None, event_id: str, event_class: str) -> str:
    """The events a metric names; None means value events."""
    if events is None:
        return f"{event_class} = 2"
    return f"{event_id} in ({', '.join(str(int(event)) for event in events)})" if events else "false"


def matching(spec: MetricSpec, parameters: Parameters) -> str:
    """The spec's events that pass its property filters."""
    tests = (_test(each, parameters) for each in spec.where)
    return " and ".join([of_events(spec.events, "event_id", "event_class"), *tests])


def number(name: str, parameters: Parameters) -> str:
    """The property as a double; null when it is missing or no (finite) number."""
    value = _double(name, parameters)
    return f"nullif(nullif({value}, 'infinity'::double), '-infinity'::double)"


def _double(name: str, parameters: Parameters) -> str:
    return f"try_cast({_json(name, parameters)} as double)"


def _json(name: str, parameters: Parameters) -> str:
    """The property as JSON: texts are in quotes, so only numbers cast to one. `try`: some JSON cannot be read."""
    return f"try(json_extract(properties, {parameters.bind(_pointer(name))}))::varchar"


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _test(filter: PropertyFilter, parameters: Parameters) -> str:
    """A condition for WHERE: null counts as false, and is cheaper than to be made so."""
    value = filter.value
    match filter.comparison:
        case Comparison.SET:
            return f"{_json(filter.property, parameters)} <> 'null'"
        case Comparison.NOT_SET:
            return f"coalesce({_json(filter.property, parameters)} = 'null', true)"
        case Comparison.IS_NOT:
            return f"not coalesce({_test(replace(filter, comparison=Comparison.IS), parameters)}, false)"
        case Comparison.IS if isinstance(value, str | bool):
            return _test_text(filter.property, "{text} = {wanted}", value, parameters)
        case Comparison.CONTAINS if isinstance(value, str | bool):
            return _test_text(filter.property, "contains({text}, {wanted})", value, parameters)
        case comparison if isinstance(value, int | float) and not isinstance(value, bool):
            return _test_number(filter.property, comparison, float(value), parameters)
        case _:
            return "false"


def _test_text(name: str, test: str, value: str | bool, parameters: Parameters) -> str:
    """The test first, then whether it was text or a boolean at all: so few events are parsed twice."""
    text = f"try(json_extract_string(properties, {parameters.bind(_pointer(name))}))"
    passes = test.format(text=text, wanted=parameters.bind(value if isinstance(value, str) else str(value).lower()))
    return f"""({passes} and left({_json(name, parameters)}, 1) in ('"', 't', 'f'))"""


def _test_number(name: str, comparison: Comparison, value: float, parameters: Parameters) -> str:
    """Of finite numbers only; what passes is parsed again for that."""
    if comparison is Comparison.IS:
        return f"{_double(name, parameters)} = {parameters.bind(value)}"
    if comparison not in ORDERS:
        return "false"
    number, operator = _double(name, parameters), ORDERS[comparison]
    finite = "<= " if operator.startswith(">") else ">= -"
    return f"({number} {operator} {parameters.bind(value)} and {number} {finite}{parameters.bind(LARGEST)})"
