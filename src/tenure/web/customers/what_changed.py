"""What moved a health score between two days, in words: one sentence a part, its points beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tenure.core.health_change import PartChange, ScoreChange
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.ui import numbers

SMALLEST = 0.05  # points; what rounds to 0.0 is not told


@dataclass(frozen=True)
class Sentence:
    """`points` is signed; `width` (0-100) its size beside the largest move's."""

    text: str
    points: float
    width: int
    metric: str = ""


@dataclass(frozen=True)
class WhatChanged:
    """`points` None: one of the days has no score. `rest` is what the parts too small to tell add up to."""

    before_day: date
    day: date
    before: float | None
    after: float | None
    points: float | None
    sentences: tuple[Sentence, ...]
    rest: float


def what_changed(
    change: ScoreChange,
    days: tuple[date, date],
    scores: tuple[float | None, float | None],
    metrics: Mapping[str, Metric],
) -> WhatChanged:
    """`days` and `scores` are (before, after)."""
    moves = [(_sentence(part, metrics), part.points, part.metric) for part in change.parts]
    if change.by_definition:
        moves.append((_("The health definition was changed"), change.by_definition, ""))
    told = [move for move in moves if abs(move[1]) >= SMALLEST]
    largest = max((abs(points) for _text, points, _metric in told), default=1.0)
    return WhatChanged(
        before_day=days[0],
        day=days[1],
        before=scores[0],
        after=scores[1],
        points=change.points,
        sentences=tuple(
            Sentence(text, points, round(abs(points) / largest * 100), metric)
            for text, points, metric in sorted(told, key=lambda move: -abs(move[1]))
        ),
        rest=sum(points for _text, points, _metric in moves if abs(points) < SMALLEST),
    )


def _sentence(part: PartChange, metrics: Mapping[str, Metric]) -> str:
    metric = metrics.get(part.metric)
    name = metric_label(metric) if metric else part.metric
    before = part.before.value if part.before else None
    after = part.after.value if part.after else None
    read = _reader(metric)
    if before is None and after is None:
        return _("%(metric)s has no value on either day") % {"metric": name}
    if before is None:
        return _("%(metric)s has a value again: %(after)s") % {"metric": name, "after": read(after)}
    if after is None:
        return _("%(metric)s has no value any more; it was %(before)s") % {"metric": name, "before": read(before)}
    if after == before:
        return _("%(metric)s stayed at %(after)s; its weight changed") % {"metric": name, "after": read(after)}
    told = {"metric": name, "before": read(before), "after": read(after)}
    if after > before:
        return _("%(metric)s rose from %(before)s to %(after)s") % told
    return _("%(metric)s fell from %(before)s to %(after)s") % told


def _reader(metric: Metric | None) -> Callable[[float | None], str]:
    unit = metric.unit if metric else "count"
    return lambda value: numbers.measure(value, unit)
