"""Quantiles of a sample, and how far they can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, floor, lgamma, log


@dataclass(frozen=True)
class Quantile:
    """A quantile of a sample of `size` values, and its interval: None where the sample is too small to bound it."""

    value: float
    low: float | None
    high: float | None
    size: int


def quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile of an ascending sample: Hyndman and Fan (1996) type 7, linear between order statistics."""
    if not ordered:
        raise ValueError("A quantile needs at least one value.")
    if not 0 <= share <= 1:
        raise ValueError("A quantile's share lies between 0 and 1.")
    place = (len(ordered) - 1) * share
    below = floor(place)
    if below + 1 == len(ordered):
        return ordered[below]
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def estimate(ordered: Sequence[float], share: float, confidence: float = 0.95) -> Quantile:
    """The quantile of an ascending sample with the interval between the order statistics `interval_ranks` names."""
    low, high = interval_ranks(len(ordered), share, confidence)
    return Quantile(
        value=quantile(ordered, share),
        low=ordered[low - 1] if low else None,
        high=ordered[high - 1] if high else None,
        size=len(ordered),
    )


def interval_ranks(size: int, share: float, confidence: float = 0.95) -> tuple[int | None, int | None]:
    """Ranks (from 1) of the order statistics around the population's quantile, whatever the distribution.

    The number of values below the quantile is binomial(size, share); each side misses with at most half of
    1 - confidence. None on a side: no order statistic is far enough out. Source: Conover, Practical Nonparametric
    Statistics, 3.2.
    """
    miss = (1 - confidence) / 2
    low = high = None
    below = 0.0  # P(fewer than `rank` values lie below the quantile)
    for rank in range(1, size + 1):
        below += _binomial(size, share, rank - 1)
        if below <= miss:
            low = rank
        if 1 - below <= miss:
            high = rank
            break
    return low, high


def coverage(size: int, share: float, low: int, high: int) -> float:
    """Probability that the population's quantile lies between the order statistics of ranks `low` < `high`."""
    return sum(_binomial(size, share, below) for below in range(low, high))


def _binomial(size: int, share: float, count: int) -> float:
    if share in (0, 1):
        return float(count == size * share)
    ways = lgamma(size + 1) - lgamma(count + 1) - lgamma(size - count + 1)
    return exp(ways + count * log(share) + (size - count) * log(1 - share))
