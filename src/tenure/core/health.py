"""Health: a weighted set of metrics, each scored 0-100 through its thresholds, added up to one score and a state.

A metric's part score is linear between four thresholds: 0 at `worst`, 40 at `at_risk`, 70 at `healthy`, 100 at
`best`, and flat beyond them. The same two numbers, 40 and 70, are the edges of the account's state. So a metric that
is exactly at the sample's p25 sits exactly on the edge of "at risk", one exactly at p75 exactly on the edge of
"healthy", and an account whose metrics are all there is there itself. An edge belongs to the better side; where
thresholds coincide the better one wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import repeat
from math import fsum

AT_RISK_BELOW = 40.0
HEALTHY_FROM = 70.0
MINIMUM_SHARE_KNOWN = 0.5


class HealthState(IntEnum):
    """Codes of account_day.health_state; also in the order in which lists sort them."""

    NOT_ENOUGH_DATA = 0
    AT_RISK = 1
    AVERAGE = 2
    HEALTHY = 3


class Direction(StrEnum):
    MORE = "more"  # more is better
    LESS = "less"  # less is better


class NoScore(StrEnum):
    """Why there is not enough data."""

    NO_DATA = "no data"  # no part has a value
    TOO_YOUNG = "too young"  # the first event was too short a time ago
    TOO_LITTLE = "too little"  # parts with less than half of the weight have a value


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Values of the metric, in its unit, at which the part score is 0, 40, 70 and 100; falling when less is better."""

    worst: float
    at_risk: float
    healthy: float
    best: float


@dataclass(frozen=True, slots=True)
class Sample:
    """What thresholds were taken from: accounts with a value, and the 95 % intervals of the two edges.

    None in an interval: the sample is too small to bound that side.
    """

    size: int
    at_risk: tuple[float | None, float | None]
    healthy: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One metric of a definition. `tolerance`: calibrated thresholds are never stricter than these.

    `sample` None beside thresholds: they were set by hand.
    """

    metric: str
    weight: float
    direction: Direction = Direction.MORE
    thresholds: Thresholds | None = None
    tolerance: Thresholds | None = None
    sample: Sample | None = None


@dataclass(frozen=True)
class Definition:
    """`minimum_age_days`: days since the first event below which an account is too young for a score."""

    parts: tuple[Part, ...]
    minimum_age_days: int = 14

    @property
    def calibrated(self) -> bool:
        return all(part.thresholds is not None for part in self.parts)

    @cached_property
    def weight(self) -> float:
        return fsum(part.weight for part in self.parts)

    @property
    def metrics(self) -> tuple[str, ...]:
        return tuple(part.metric for part in self.parts)


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """`weight` is the normalised share among the known parts (0-1), `contribution` = weight x score, in points.

    `score` None: the metric has no value and its weight went to the others.
    """

    metric: str
    value: float | None
    thresholds: Thresholds
    score: float | None
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Score:
    """`score` 0-100, None with the reason in `no_score`; the contributions of the parts add up to it."""

    score: float | None
    state: HealthState
    parts: tuple[ScoredPart, ...]
    no_score: NoScore | None = None


class NotCalibrated(ValueError):
    """A definition without thresholds cannot score: calibrate it first."""


def score_account(values: Mapping[str, float | None], definition: Definition, *, young: bool = False) -> Score:
    """Scores one account from its metric values by key; `young`: its first event is too recent for a score."""
    row = [values.get(part.metric) for part in definition.parts]
    scores, known = _part_scores(row, definition)
    parts = tuple(map(_scored_part, definition.parts, row, scores, repeat(known)))
    no_score = _why_no_score(known, definition, young)
    score = None if no_score is not None else _together(scores, known, definition)
    return Score(score, state_of(score), parts, no_score)


def bare_score(values: Sequence[float | None], definition: Definition, *, young: bool = False) -> float | None:
    """The score alone, of values in the order of the definition's parts: for many accounts at a time."""
    scores, known = _part_scores(values, definition)
    return None if _why_no_score(known, definition, young) is not None else _together(scores, known, definition)


def part_score(value: float, thresholds: Thresholds, direction: Direction) -> float:
    """The metric's own score, 0-100."""
    worst, at_risk, healthy, best = thresholds.worst, thresholds.at_risk, thresholds.healthy, thresholds.best
    if direction is Direction.LESS:
        value, worst, at_risk, healthy, best = -value, -worst, -at_risk, -healthy, -best
    if value >= best:
        return 100.0
    if value >= healthy:
        return HEALTHY_FROM + (100 - HEALTHY_FROM) * (value - healthy) / (best - healthy)
    if value >= at_risk:
        return AT_RISK_BELOW + (HEALTHY_FROM - AT_RISK_BELOW) * (value - at_risk) / (healthy - at_risk)
    if value > worst:
        return AT_RISK_BELOW * (value - worst) / (at_risk - worst)
    return 0.0


def state_of(score: float | None) -> HealthState:
    """Below 40 at risk, from 70 healthy, between them average; without a score not enough data."""
    if score is None:
        return HealthState.NOT_ENOUGH_DATA
    if score < AT_RISK_BELOW:
        return HealthState.AT_RISK
    return HealthState.HEALTHY if score >= HEALTHY_FROM else HealthState.AVERAGE


def _part_scores(values: Sequence[float | None], definition: Definition) -> tuple[list[float | None], float]:
    """The parts' own scores, None for those without a value, and the weight of those with one."""
    scores: list[float | None] = []
    weights = []
    for part, value in zip(definition.parts, values, strict=True):
        if part.thresholds is None:
            raise NotCalibrated(f"{part.metric} has no thresholds yet.")
        scores.append(None if value is None else part_score(value, part.thresholds, part.direction))
        if value is not None:
            weights.append(part.weight)
    return scores, fsum(weights)


def _together(scores: Sequence[float | None], known: float, definition: Definition) -> float:
    points = [
        part.weight * score / known for part, score in zip(definition.parts, scores, strict=True) if score is not None
    ]
    # Rounded, so that weights like 0.1 do not push an account off an edge it sits on.
    return round(fsum(points), 9)


def _scored_part(part: Part, value: float | None, score: float | None, known: float) -> ScoredPart:
    assert part.thresholds is not None
    if score is None or not known:
        return ScoredPart(part.metric, value, part.thresholds, None, 0.0, 0.0)
    return ScoredPart(part.metric, value, part.thresholds, score, part.weight / known, part.weight * score / known)


def _why_no_score(known: float, definition: Definition, young: bool) -> NoScore | None:
    if not known:
        return NoScore.NO_DATA
    if known < MINIMUM_SHARE_KNOWN * definition.weight:
        return NoScore.TOO_LITTLE
    return NoScore.TOO_YOUNG if young else None
