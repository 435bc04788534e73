"""Which events a metric looks at, as SQL over event and event_dim."""

from tenure.core.metrics import Comparison, MetricSpec, PropertyFilter

ORDERS = {Comparison.ABOVE: ">", Comparison.AT_LEAST: ">=", Comparison.BELOW: "<", Comparison.AT_MOST: "<="}


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
    value = f"try_cast({_json(name, parameters)} as double)"
    return f"nullif(nullif({value}, 'infinity'::double), '-infinity'::double)"


def _json(name: str, parameters: Parameters) -> str:
    """The property as JSON: texts are in quotes, so only numbers cast to one. `try`: some JSON cannot be read."""
    pointer = "/" + name.replace("~", "~0").replace("/", "~1")
    return f"try(json_extract(properties, {parameters.bind(pointer)}))::varchar"


def _text(name: str, parameters: Parameters) -> str:
    """The property as text, booleans too; null when it is missing or something else."""
    pointer = "/" + name.replace("~", "~0").replace("/", "~1")
    text = f"try(json_extract_string(properties, {parameters.bind(pointer)}))"
    return f"""case when left({_json(name, parameters)}, 1) in ('"', 't', 'f') then {text} end"""


def _test(filter: PropertyFilter, parameters: Parameters) -> str:
    """A condition that is true or false, never null."""
    match filter.comparison:
        case Comparison.SET:
            return f"coalesce({_json(filter.property, parameters)} <> 'null', false)"
        case Comparison.NOT_SET:
            return f"coalesce({_json(filter.property, parameters)} = 'null', true)"
        case Comparison.IS_NOT:
            return f"not {_compare(filter, '=', parameters)}"
        case Comparison.IS:
            return _compare(filter, "=", parameters)
        case Comparison.CONTAINS if isinstance(filter.value, str | bool):
            text = _text(filter.property, parameters)
            return f"coalesce(contains({text}, {parameters.bind(_as_text(filter.value))}), false)"
        case comparison if comparison in ORDERS and _is_number(filter.value):
            return _compare(filter, ORDERS[comparison], parameters)
        case _:
            return "false"


def _compare(filter: PropertyFilter, operator: str, parameters: Parameters) -> str:
    value = filter.value
    if value is None:
        return "false"
    if isinstance(value, str | bool):
        return f"coalesce({_text(filter.property, parameters)} {operator} {parameters.bind(_as_text(value))}, false)"
    return f"coalesce({number(filter.property, parameters)} {operator} {parameters.bind(float(value))}, false)"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_text(value: str | bool) -> str:
    return value if isinstance(value, str) else str(value).lower()
