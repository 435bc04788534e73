"""One number for many: what the accounts of a day have of a metric."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class Summary:
    """Of the accounts whose number is known: how many, their sum, mean and median; None where it is known of nobody."""

    day: date
    known: int
    total: float | None = None
    mean: float | None = None
    median: float | None = None


def summarise(day: date, values: Sequence[float | None]) -> Summary:
    """The reference of Store.summaries."""
    known = [value for value in values if value is not None]
    if not known:
        return Summary(day, 0)
    return Summary(day, len(known), sum(known), sum(known) / len(known), median(known))
