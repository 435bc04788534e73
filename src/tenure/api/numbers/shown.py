"""Metrics and health as programs read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

from ninja import Schema

from tenure.core.health import HealthState
from tenure.events.models import EventType
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
    """A version of a metric. `unit` is count, users, features, days or share; `is_key` those that are shown first;
    `retired_at`: when another version took its place, or it was archived.
    """

    key: str
    version: int
    name: str
    names: dict[str, str]
    unit: str
    is_key: bool
    built_in: bool
    spec: dict[str, Any]
    created_at: datetime
    retired_at: datetime | None


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


def show_metrics(metrics: Iterable[Metric]) -> list[MetricShown]:
    """The metrics; their specifications name events as they are called, as one that is sent does."""
    shown = list(metrics)
    keys = {key for each in shown for key in each.spec.get("events", ())}
    names = dict(EventType.objects.filter(pk__any_of=keys).values_list("pk", "name"))
    return [
        MetricShown(
            key=each.key,
            version=each.version,
            name=metric_label(each),
            names=each.names,
            unit=each.unit,
            is_key=each.is_key,
            built_in=each.built_in,
            spec=_named(each.spec, names),
            created_at=each.created_at,
            retired_at=each.retired_at,
        )
        for each in shown
    ]


def _named(spec: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    if "events" not in spec:
        return dict(spec)
    return {**spec, "events": [names[key] for key in spec["events"] if key in names]}


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
