"""Which tier accounts are in, by one number of each: the best shares of them, or amounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Cut(StrEnum):
    """Where a tier ends: `SHARE`, so many of all accounts with a number; `AMOUNT`, at a smallest number."""

    SHARE = "share"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Step:
    """A tier and where it ends: its share of all accounts (0.2 is 20 %), or its smallest number."""

    tier: str
    at: float


def tiers(values: Mapping[int, float], cut: Cut, steps: Sequence[Step], rest: str) -> dict[int, str]:
    """{account: tier}: `steps` from the best tier down, `rest` is the tier below them.

    Of n accounts the shares down to a tier take ⌈share × n⌉; whoever ties with the last one is in, too.
    """
    edges = _edges(values, steps) if cut is Cut.SHARE else [step.at for step in steps]
    return {
        account: next((step.tier for step, edge in zip(steps, edges, strict=True) if value >= edge), rest)
        for account, value in values.items()
    }


def _edges(values: Mapping[int, float], steps: Sequence[Step]) -> list[float]:
    """The smallest number in each of the shares."""
    ordered = sorted(values.values(), reverse=True)
    edges, taken = [], 0.0
    for step in steps:
        taken += step.at
        # Rounded first: 0.1 + 0.2 of 10 accounts are 3 and not 4.
        place = min(ceil(round(taken * len(ordered), 9)), len(ordered))
        edges.append(ordered[place - 1] if place else float("inf"))
    return edges
