"""Metrics and health as programs read them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from ninja import Schema

from tenure.core.health import HealthState
from tenure.health.explain import Explanation
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.warehouse.schema import HEALTH_COLUMNS, metric_column

State = Literal["not_enough_data", "at_risk", "average", "healthy"]
_STATES: Final[dict[int, State]] = {
    HealthState.NOT_ENOUGH_DATA: "not_enough_data",
    HealthState.AT_RISK: "at_risk",
    HealthState.AVERAGE: "average",
    HealthState.HEALTHY: "healthy",
}


class MetricShown(Schema):
    """A metric in use. `unit` is count, users, features, days or share; `is_key` those that are shown first."""

    key: str
    version: int
    name: str
    unit: str
    is_key: bool
    built_in: bool
    spec: dict[str, Any]


class Numbers(Schema):
    """A customer's numbers of a day: `score` from 0 to 100, null without enough data; `metrics` by key."""

    account_id: int
    day: date
    score: float | None
    state: State
    definition: int | None
    metrics: dict[str, float | None]


class PartShown(Schema):
    """What a metric gives to the score: `points` of 100. `weight` is its share among the parts that have a value."""

    metric: str
    value: float | None
    score: float | None
    weight: float
    points: float


class HealthShown(Schema):
    """A customer's health on a day and its parts, by the definition that scored it."""

    account_id: int
    day: date
    score: float | None
    state: State
    definition: int | None
    provisional: bool
    parts: list[PartShown]


def show_metric(metric: Metric) -> MetricShown:
    return MetricShown(
        key=metric.key,
        version=metric.version,
        name=metric_label(metric),
        unit=metric.unit,
        is_key=metric.is_key,
        built_in=metric.built_in,
        spec=metric.spec,
    )


def columns_of(metrics: Mapping[str, Metric]) -> list[str]:
    """The columns of account_day that show_numbers reads, in its order."""
    return [*HEALTH_COLUMNS, *(metric_column(metric.pk) for metric in metrics.values())]


def show_numbers(account_id: int, day: date, values: Sequence[float | None], metrics: Mapping[str, Metric]) -> Numbers:
    score, state, version, *rest = values
    return Numbers(
        account_id=account_id,
        day=day,
        score=score,
        state=_STATES[int(state or 0)],
        definition=None if version is None else int(version),
        metrics=dict(zip(metrics, rest, strict=True)),
    )


def show_health(account_id: int, told: Explanation) -> HealthShown:
    score = told.score
    return HealthShown(
        account_id=account_id,
        day=told.day,
        score=score.score if score else None,
        state=_STATES[score.state if score else 0],
        definition=told.definition.pk if told.definition else None,
        provisional=told.definition.provisional if told.definition else False,
        parts=[
            PartShown(
                metric=part.metric, value=part.value, score=part.score, weight=part.weight, points=part.contribution
            )
            for part in (score.parts if score else ())
        ],
    )
