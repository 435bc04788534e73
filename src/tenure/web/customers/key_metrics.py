"""Every metric of an account now, against the period before and the same dates a year earlier."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tenure.core.change import Change, change, year_before
from tenure.health.models import Metric
from tenure.web.customers.columns import metric_label
from tenure.web.customers.history import History


@dataclass(frozen=True)
class MetricNow:
    """A metric on the as-of day. The period before is its window's length earlier."""

    key: str
    label: str
    unit: str
    window_days: int
    value: float | None
    before: Change
    year: Change
    trend: tuple[float | None, ...]  # a value a week, oldest first

    @property
    def is_share(self) -> bool:
        return self.unit == "share"


TREND_WEEKS = 12
DEFAULT_WINDOW = 28


def metrics_now(history: History, metrics: Iterable[Metric]) -> list[MetricNow]:
    return [_metric_now(history, metric) for metric in metrics]


def _metric_now(history: History, metric: Metric) -> MetricNow:
    window = int(metric.spec.get("window_days") or DEFAULT_WINDOW)
    value = history.value(metric.key)
    weeks = (history.day - timedelta(weeks=week) for week in range(TREND_WEEKS - 1, -1, -1))
    return MetricNow(
        key=metric.key,
        label=metric_label(metric),
        unit=metric.unit,
        window_days=window,
        value=value,
        before=change(value, history.value(metric.key, history.day - timedelta(days=window))),
        year=change(value, history.value(metric.key, year_before(history.day))),
        trend=tuple(history.value(metric.key, week) for week in weeks),
    )
