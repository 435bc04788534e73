"""Takes a health definition's thresholds from a sample of accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tenure.core.health import Definition, Direction, Part, Sample, Thresholds
from tenure.core.quantile import estimate, quantile

#: Shares of the sample at which the part score is 0, 40, 70 and 100.
WORST, AT_RISK, HEALTHY, BEST = 0.05, 0.25, 0.75, 0.95

#: Under this many renewed accounts thresholds are called provisional.
PROVISIONAL_UNDER = 20


class EmptySample(ValueError):
    """No account of the sample has a value of a metric: there is nothing to take thresholds from."""


def calibrate(definition: Definition, samples: Mapping[str, Iterable[float | None]]) -> Definition:
    """The definition with every part's thresholds and sample taken anew; `samples` are values by metric key.

    Raises EmptySample with the metric's key.
    """
    return replace(definition, parts=tuple(_calibrate_part(part, samples[part.metric]) for part in definition.parts))


def thresholds(values: Iterable[float | None], direction: Direction = Direction.MORE) -> tuple[Thresholds, Sample]:
    """p5, p25, p75 and p95 of the known values (reversed when less is better), and how sure the two edges are."""
    ordered = sorted(value for value in values if value is not None)
    if not ordered:
        raise EmptySample("No account of the sample has a value.")
    low, high = estimate(ordered, AT_RISK), estimate(ordered, HEALTHY)
    found = Thresholds(quantile(ordered, WORST), low.value, high.value, quantile(ordered, BEST))
    sample = Sample(len(ordered), (low.low, low.high), (high.low, high.high))
    if direction is Direction.MORE:
        return found, sample
    return (
        Thresholds(found.best, found.healthy, found.at_risk, found.worst),
        Sample(sample.size, sample.healthy, sample.at_risk),
    )


def provisional(sample_size: int, *, renewed: bool) -> bool:
    """True unless the sample is at least 20 accounts that have renewed."""
    return not renewed or sample_size < PROVISIONAL_UNDER


def _calibrate_part(part: Part, values: Iterable[float | None]) -> Part:
    try:
        found, sample = thresholds(values, part.direction)
    except EmptySample:
        raise EmptySample(f"No account of the sample has a value of {part.metric}.") from None
    if part.tolerance is not None:
        found = _never_stricter(found, part.tolerance, part.direction)
    return replace(part, thresholds=found, sample=sample)


def _never_stricter(found: Thresholds, tolerance: Thresholds, direction: Direction) -> Thresholds:
    milder = min if direction is Direction.MORE else max
    return Thresholds(
        worst=milder(found.worst, tolerance.worst),
        at_risk=milder(found.at_risk, tolerance.at_risk),
        healthy=milder(found.healthy, tolerance.healthy),
        best=milder(found.best, tolerance.best),
    )
