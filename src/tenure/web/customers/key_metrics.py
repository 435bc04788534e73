"""Every metric of an account now, against the period before and the same dates a year earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from tenure.core.change import change, year_before
from tenure.core.metrics import MetricKind
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.web.customers.columns import LAST_SEEN, LEADING
from tenure.web.customers.history import History
from tenure.web.customers.told_change import ToldChange, told

TREND_WEEKS = 12
DEFAULT_WINDOW = 28


@dataclass(frozen=True)
class MetricNow:
    """A metric on the as-of day. The period before is its window's length earlier."""

    key: str
    label: str
    unit: str
    window_days: int
    value: float | None
    before: ToldChange
    year: ToldChange
    trend: tuple[float | None, ...]  # a value a week, oldest first


def metrics_now(history: History, metrics: Mapping[str, Metric]) -> list[MetricNow]:
    """Key metrics, and the leading ones that are no key metrics; when it was last seen stands in the header.

    `metrics` are all in use.
    """
    return [
        _metric_now(history, metric, metrics)
        for key, metric in metrics.items()
        if (metric.is_key or key in LEADING) and key != LAST_SEEN
    ]


def _metric_now(history: History, metric: Metric, metrics: Mapping[str, Metric]) -> MetricNow:
    window = _window(metric, metrics)
    value = history.value(metric.key)
    weeks = (history.day - timedelta(weeks=week) for week in range(TREND_WEEKS - 1, -1, -1))
    return MetricNow(
        key=metric.key,
        label=metric_label(metric),
        unit=metric.unit,
        window_days=window,
        value=value,
        before=told(change(value, history.value(metric.key, history.day - timedelta(days=window))), metric.unit),
        year=told(change(value, history.value(metric.key, year_before(history.day))), metric.unit),
        trend=tuple(history.value(metric.key, week) for week in weeks),
    )


def _window(metric: Metric, metrics: Mapping[str, Metric]) -> int:
    """Days back to compare with: the metric's window, a ratio's numerator's, else four weeks."""
    numerator = metrics.get(metric.spec.get("numerator", ""), metric)
    days = numerator.spec.get("window_days", DEFAULT_WINDOW)
    return DEFAULT_WINDOW if numerator.spec["kind"] == MetricKind.DAYS_SINCE_LAST else int(days)
