"""How one number of one account was computed: its definition, its inputs on the day, its version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from tenure.core.metrics import MetricKind
from tenure.events.models import EventClass, EventType
from tenure.health.models import Metric
from tenure.warehouse.store import Store
from tenure.web.customers.columns import metric_label
from tenure.web.customers.history import History
from tenure.web.customers.metric_words import filters, sentence

SHOWN_EVENTS = 12


@dataclass(frozen=True)
class Input:
    """A number that went into another one; `key` names it when it is a metric itself."""

    label: str
    value: float | None
    unit: str
    key: str = ""
    event_id: int = 0


@dataclass(frozen=True)
class Explained:
    metric: Metric
    label: str
    value: float | None
    sentence: str
    filters: list[str]
    inputs: list[Input]
    left_out: int  # events beyond SHOWN_EVENTS


def explained(
    store: Store, account_id: int, metric: Metric, metrics: Mapping[str, Metric], history: History
) -> Explained:
    inputs = _parts(metric, metrics, history) or _events(store, account_id, metric, history)
    return Explained(
        metric=metric,
        label=metric_label(metric),
        value=history.value(metric.key),
        sentence=sentence(metric, metrics),
        filters=filters(metric),
        inputs=inputs[:SHOWN_EVENTS],
        left_out=max(0, len(inputs) - SHOWN_EVENTS),
    )


def _parts(metric: Metric, metrics: Mapping[str, Metric], history: History) -> list[Input]:
    keys = (metric.spec.get("numerator"), metric.spec.get("denominator"))
    return [
        Input(metric_label(metrics[key]), history.value(key), metrics[key].unit, key=key)
        for key in keys
        if key in metrics
    ]


_FROM_EVENTS = {MetricKind.COUNT, MetricKind.ACTIVE_USERS, MetricKind.ACTIVE_FEATURES, MetricKind.PROPERTY_SUM}


def _events(store: Store, account_id: int, metric: Metric, history: History) -> list[Input]:
    """The events the metric looked at, most frequent first; property filters are not applied to these counts."""
    spec = metric.spec
    if MetricKind(spec["kind"]) not in _FROM_EVENTS:
        return []
    wanted = {"event_class": EventClass.VALUE} if spec.get("events") is None else {"pk__in": spec["events"]}
    names = dict(EventType.objects.filter(**wanted).values_list("pk", "name"))
    first = history.day - timedelta(days=int(spec.get("window_days") or 1) - 1)
    counts: dict[int, int] = {}
    for _day, event_id, count, _users in store.account_events(account_id, first, history.day):
        if event_id in names:
            counts[event_id] = counts.get(event_id, 0) + count
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    return [Input(names[pk], count, "count", event_id=pk) for pk, count in ordered]
