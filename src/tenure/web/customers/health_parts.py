"""A customer's health on a day: its parts, and what changed since an earlier day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.core.health import Score, ScoredPart
from tenure.core.health_document import from_document
from tenure.health.explain import Explanation, changed, rescore
from tenure.health.models import HealthDefinition, Metric
from tenure.health.naming import metric_label
from tenure.lib.whole import whole
from tenure.web.customers.history import History
from tenure.web.customers.what_changed import WhatChanged, what_changed

AGAINST_DAYS = (7, 28, 90)


@dataclass(frozen=True)
class PartRow:
    """A part of the score as the table shows it; `share` is its normalised weight, None when it has no value."""

    part: ScoredPart
    key: str
    label: str
    unit: str
    share: float | None

    @property
    def most(self) -> float:
        """The points the part could give."""
        return self.part.weight * 100


@dataclass(frozen=True)
class HealthParts:
    """The as-of day's score by `definition`; `changed` None when there is no day to compare with."""

    definition: HealthDefinition
    score: Score
    rows: tuple[PartRow, ...]
    changed: WhatChanged | None


def against_day(text: str, day: date) -> date:
    """The earlier day an address names: a number of days or a date; 28 days before when it names none."""
    if 0 < (days := whole(text) or 0) <= 3660:
        return day - timedelta(days=days)
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = day
    return asked if asked < day else day - timedelta(days=28)


def health_parts(
    history: History, metrics: Mapping[str, Metric], definitions: Mapping[int, HealthDefinition], against: date
) -> HealthParts | None:
    """None when the day has no numbers or was never scored."""
    today = _explain(history, history.day, metrics, definitions)
    if today is None or today.score is None or today.definition is None:
        return None
    earlier = _explain(history, against, metrics, definitions)
    change = changed(earlier, today) if earlier else None
    told = None
    if earlier and earlier.score and change:
        told = what_changed(change, (against, history.day), (earlier.score.score, today.score.score), metrics)
    return HealthParts(today.definition, today.score, tuple(_row(part, metrics) for part in today.score.parts), told)


def _explain(
    history: History, day: date, metrics: Mapping[str, Metric], definitions: Mapping[int, HealthDefinition]
) -> Explanation | None:
    """As health.explain, out of what the page has read already; None for a day without numbers."""
    on = next((each for each in history.health if each.day == day), None)
    if on is None:
        return None
    definition = definitions.get(on.version or 0)
    values = {key: history.value(key, day) for key in metrics}
    score = rescore(values, from_document(definition.document), on.score) if definition else None
    return Explanation(day, values, score, definition)


def _row(part: ScoredPart, metrics: Mapping[str, Metric]) -> PartRow:
    metric = metrics.get(part.metric)
    return PartRow(
        part=part,
        key=part.metric if metric else "",
        label=metric_label(metric) if metric else part.metric,
        unit=metric.unit if metric else "count",
        share=part.weight if part.score is not None else None,
    )
