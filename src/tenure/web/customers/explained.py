"""How one number of one account was computed: its definition, its inputs on the day, its version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.events.models import EventClass, EventType
from tenure.health.metric_document import from_document
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.warehouse.store import Store
from tenure.web.customers.history import History
from tenure.web.customers.metric_words import filters, sentence

SHOWN_EVENTS = 12
_FROM_EVENTS = {MetricKind.COUNT, MetricKind.ACTIVE_USERS, MetricKind.ACTIVE_FEATURES, MetricKind.PROPERTY_SUM}


@dataclass(frozen=True)
class Input:
    """A number that went into another one; `key` names it when it is a metric itself."""

    label: str
    value: float | None
    unit: str
    key: str = ""


@dataclass(frozen=True)
class Explained:
    """`left_out` counts inputs beyond SHOWN_EVENTS."""

    metric: Metric
    label: str
    value: float | None
    sentence: str
    filters: list[str]
    inputs: list[Input]
    left_out: int


def explained(
    store: Store, account_id: int, metric: Metric, metrics: Mapping[str, Metric], history: History
) -> Explained:
    """The metric on the history's day, for that account."""
    spec = from_document(metric.spec)
    inputs = _parts(spec, metrics, history) or _events(store, account_id, spec, history)
    return Explained(
        metric=metric,
        label=metric_label(metric),
        value=history.value(metric.key),
        sentence=sentence(spec, metrics),
        filters=filters(spec),
        inputs=inputs[:SHOWN_EVENTS],
        left_out=max(0, len(inputs) - SHOWN_EVENTS),
    )


def _parts(spec: MetricSpec, metrics: Mapping[str, Metric], history: History) -> list[Input]:
    keys = [key for key in (spec.numerator, spec.denominator) if key and key in metrics]
    return [Input(metric_label(metrics[key]), history.value(key), metrics[key].unit, key=key) for key in keys]


def _events(store: Store, account_id: int, spec: MetricSpec, history: History) -> list[Input]:
    """The events the metric looked at, most frequent first; property filters are not applied to these counts."""
    if spec.kind not in _FROM_EVENTS:
        return []
    types = EventType.objects.filter(event_class=EventClass.VALUE)
    if spec.events is not None:
        types = EventType.objects.filter(pk__in=spec.events)
    names = dict(types.values_list("pk", "name"))
    first = history.day - timedelta(days=spec.window_days - 1)
    counts: dict[int, int] = {}
    for _day, event_id, count, _users in store.account_events(account_id, first, history.day):
        if event_id in names:
            counts[event_id] = counts.get(event_id, 0) + count
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    return [Input(names[pk], count, "count") for pk, count in ordered]
