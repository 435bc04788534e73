"""How a condition's count moved over a year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.core.conditions.tree import Node
from tenure.segments.asking import Asking
from tenure.warehouse.store import Store

YEAR_DAYS = 365


@dataclass(frozen=True)
class Year:
    """How many accounts there were, by day, oldest first; None on days without numbers, never on the last one."""

    days: Sequence[tuple[date, int | None]]

    @property
    def known(self) -> list[tuple[date, int]]:
        return [(day, count) for day, count in self.days if count is not None]

    @property
    def first(self) -> tuple[date, int]:
        return self.known[0]

    @property
    def last(self) -> tuple[date, int]:
        return self.known[-1]

    @property
    def least(self) -> int:
        return min(count for _day, count in self.known)

    @property
    def most(self) -> int:
        return max(count for _day, count in self.known)

    @property
    def weekly(self) -> list[int | None]:
        """Every seventh day up to the last."""
        return [count for _day, count in self.days[::-7]][::-1]


def year_of(node: Node, asking: Asking, day: date, numbered: Collection[date] | None = None) -> Year:
    """The year that ends on the day; `numbered` are the year's numbered_days, where they are known already.

    Raises WarehouseBusy.
    """
    if numbered is None:
        numbered = numbered_days(asking.store, day)
    first = min(numbered, default=day)
    counts = asking.counts(node, first, day)
    days = (first + timedelta(days=n) for n in range((day - first).days + 1))
    return Year([(each, counts.get(each, 0) if each in numbered or each == day else None) for each in days])


def numbered_days(store: Store, day: date) -> frozenset[date]:
    """The days with numbers of the year that ends on the day."""
    return frozenset(each for each, _state, _count in store.state_counts(day - timedelta(days=YEAR_DAYS), day, None))
