"""What a metric is, and its plain reference meaning.

A metric has a value per account and day. Its window is the `window_days` days that end on that day, the day
itself included: days d with day - window_days < d <= day. The engines of tenure.warehouse answer the same
questions in SQL; `tests/warehouse` holds them to the functions below.
"""

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
