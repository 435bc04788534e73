"""The row of figures at the top of a customer: what it is, how it changed, how it is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from tenure.core.change import change
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.ui import numbers
from tenure.web.customers.book import CHANGE_DAYS
from tenure.web.customers.columns import LABELS
from tenure.web.customers.history import History
from tenure.web.customers.told_change import ToldChange, told

SHOWN = ("active_users_28", "breadth", "depth", "value_events_28")


@dataclass(frozen=True)
class Figure:
    """A metric on the as-of day; `change` is against CHANGE_DAYS before, `beside` what the number is a part of."""

    key: str
    label: str
    text: str
    beside: str
    change: ToldChange


def figures(history: History, metrics: Mapping[str, Metric]) -> list[Figure]:
    """Those of SHOWN that are measured."""
    return [_figure(history, metrics[key]) for key in SHOWN if key in metrics]


def score_change(history: History) -> float | None:
    """The score against CHANGE_DAYS before, in points."""
    now, before = history.score(history.day), history.score(history.day - timedelta(days=CHANGE_DAYS))
    return None if now is None or before is None else now - before


def _figure(history: History, metric: Metric) -> Figure:
    now = history.value(metric.key)
    before = history.value(metric.key, history.day - timedelta(days=CHANGE_DAYS))
    return Figure(
        key=metric.key,
        label=str(LABELS.get(metric.key) or metric_label(metric)),
        text=numbers.measure(now, metric.unit),
        beside=_beside(history, metric.key),
        change=told(change(now, before), metric.unit),
    )


def _beside(history: History, key: str) -> str:
    if key == "active_users_28" and (opened := history.value("opened_users")) is not None:
        return _("of %(opened)s opened") % {"opened": numbers.number(opened)}
    if key == "depth" and (features := history.value("all_features")) is not None:
        used = history.value("active_features_28")
        return _("%(used)s of %(all)s features") % {"used": numbers.number(used), "all": numbers.number(features)}
    return _("28 days") if key.endswith("_28") else ""
