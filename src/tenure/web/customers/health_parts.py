"""A customer's health on a day: its parts, and what changed since an earlier day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.core.health import Definition, Score, ScoredPart, score_account
from tenure.core.health_change import explain_change
from tenure.core.health_document import from_document
from tenure.health.models import HealthDefinition, Metric
from tenure.web.customers.columns import metric_label
from tenure.web.customers.history import HealthDay, History
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
    if text.isdecimal() and 0 < int(text[:4]) <= 3660:
        return day - timedelta(days=int(text[:4]))
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = day
    return asked if asked < day else day - timedelta(days=28)


def health_parts(
    history: History, metrics: Mapping[str, Metric], definitions: Mapping[int, HealthDefinition], against: date
) -> HealthParts | None:
    """None when the day has no numbers or was never scored."""
    today = history.today
    definition = definitions.get(today.version or 0) if today else None
    if today is None or definition is None:
        return None
    rules = from_document(definition.document)
    score = _score(history, today, rules)
    rows = tuple(_row(part, metrics) for part in score.parts)
    changed = _changed(history, metrics, definitions, score, rules, against)
    return HealthParts(definition, score, rows, changed)


def _score(history: History, on: HealthDay, rules: Definition) -> Score:
    values = {key: history.value(key, on.day) for key in rules.metrics}
    known = any(value is not None for value in values.values())
    return score_account(values, rules, young=on.score is None and known)


def _changed(
    history: History,
    metrics: Mapping[str, Metric],
    definitions: Mapping[int, HealthDefinition],
    after: Score,
    rules: Definition,
    against: date,
) -> WhatChanged | None:
    earlier = next((each for each in history.health if each.day == against), None)
    definition = definitions.get(earlier.version or 0) if earlier else None
    if earlier is None or definition is None:
        return None
    same = earlier.version == history.health[-1].version
    before = _score(history, earlier, rules if same else from_document(definition.document))
    change = explain_change(before, after, None if same else _score(history, earlier, rules))
    return what_changed(change, (against, history.day), (before.score, after.score), metrics)


def _row(part: ScoredPart, metrics: Mapping[str, Metric]) -> PartRow:
    metric = metrics.get(part.metric)
    return PartRow(
        part=part,
        key=part.metric if metric else "",
        label=metric_label(metric) if metric else part.metric,
        unit=metric.unit if metric else "count",
        share=part.weight if part.score is not None else None,
    )
