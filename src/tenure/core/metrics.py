"""What a metric is, and its plain reference meaning.

A metric has a value per account and day. Its window is the `window_days` days that end on that day, the day
itself included: days d with day - window_days < d <= day. The engines of tenure.warehouse answer the same
questions in SQL; `tests/warehouse` holds them to the functions below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class MetricKind(StrEnum):
    COUNT = "count"  # events
    ACTIVE_USERS = "active_users"  # distinct users with at least one matching event
    ACTIVE_FEATURES = "active_features"  # distinct features with at least one matching event
    PROPERTY_SUM = "property_sum"  # sum of a numeric property; other values are passed over
    DAYS_SINCE_LAST = "days_since_last"  # 0 = on the day itself; none in the window: window_days, "that or more"
    OPENED_USERS = "opened_users"  # trait `property` when known, else users seen or linked until the day; 0: no value
    ALL_FEATURES = "all_features"  # features with at least one value event; the same for every account
    TRAIT = "trait"  # numeric attribute `property` of the account, as of the day
    RATIO = "ratio"  # numerator / denominator; no value when either has none or the denominator is 0


class Comparison(StrEnum):
    IS = "="
    IS_NOT = "!="
    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    CONTAINS = "contains"
    SET = "set"
    NOT_SET = "not set"


@dataclass(frozen=True)
class PropertyFilter:
    """One test on an event's property. A missing or null property satisfies only IS_NOT and NOT_SET.

    Numbers compare as numbers, text as text, booleans as the text "true" / "false"; a value of another type than the
    filter's does not match (and so satisfies IS_NOT). The order comparisons are for numbers only. CONTAINS is for text
    (and booleans) and minds case. Properties are those at the top of the event's JSON object; an event whose JSON
    cannot be read has none.
    """

    property: str
    comparison: Comparison
    value: str | float | bool | None = None


@dataclass(frozen=True)
class MetricSpec:
    """A metric's definition. `events` None means all value events; `numerator`/`denominator` are metric keys."""

    kind: MetricKind
    window_days: int = 28
    events: tuple[int, ...] | None = None
    where: tuple[PropertyFilter, ...] = ()
    property: str | None = None
    numerator: str | None = None
    denominator: str | None = None


class BadRatio(ValueError):
    """A ratio names a metric that is not measured with it, or is made of itself, directly or through other ratios."""


def ratios_in_order(specs: Mapping[str, MetricSpec]) -> list[str]:
    """The keys of the ratios among these metrics by key, each after the ratios it is made of. Raises BadRatio."""
    ordered: list[str] = []
    for key in specs:
        _put_in_order(key, specs, (), ordered)
    return ordered


def _put_in_order(key: str, specs: Mapping[str, MetricSpec], above: tuple[str, ...], ordered: list[str]) -> None:
    """Appends the ratio's parts, then the ratio; `above` are the ratios it is being a part of."""
    if specs[key].kind is not MetricKind.RATIO or key in ordered:
        return
    if key in above:
        raise BadRatio(f"Ratio {key!r} is made of itself: {' / '.join((*above, key))}. Name other metrics.")
    for part in (specs[key].numerator, specs[key].denominator):
        if part is None or part not in specs:
            raise BadRatio(f"Ratio {key!r} needs metric {part!r}, which is not measured with it.")
        _put_in_order(part, specs, (*above, key), ordered)
    ordered.append(key)


def divide(numerators: Mapping[int, float], denominators: Mapping[int, float]) -> dict[int, float]:
    """A ratio's value per account, where both have one and the denominator is not 0."""
    return {
        account: value / denominators[account] for account, value in numerators.items() if denominators.get(account)
    }
