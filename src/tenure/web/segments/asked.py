"""Who asks on a page, and how a condition's count moved over a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from tenure.accounts.access import visible_account_ids
from tenure.core.conditions.tree import Node
from tenure.people.models import Member
from tenure.segments.asking import Asking
from tenure.segments.catalogue import Catalogue
from tenure.warehouse.current import store

YEAR_DAYS = 365


def asking_of(member: Member, catalogue: Catalogue) -> Asking:
    """Asks as this member: "me" is they, and accounts out of their sight are in no answer."""
    return Asking(store(), settings.CONFIG.zone, catalogue.fields, member.pk, visible_account_ids(member))


@dataclass(frozen=True)
class Year:
    """How many accounts there were, by day, oldest first; it begins with the first day that has numbers."""

    days: Sequence[tuple[date, int]]

    @property
    def first(self) -> tuple[date, int]:
        return self.days[0]

    @property
    def last(self) -> tuple[date, int]:
        return self.days[-1]

    @property
    def least(self) -> int:
        return min(count for _day, count in self.days)

    @property
    def most(self) -> int:
        return max(count for _day, count in self.days)

    @property
    def weekly(self) -> list[int]:
        """Every seventh day up to the last."""
        return [count for _day, count in self.days[::-7]][::-1]


def year_of(node: Node, asking: Asking, day: date) -> Year:
    """The year that ends on the day; raises WarehouseBusy."""
    first = day - timedelta(days=YEAR_DAYS)
    closed = asking.store.closed_days()
    if closed:
        first = min(max(first, closed[0]), day)
    counts = asking.counts(node, first, day)
    days = (first + timedelta(days=n) for n in range((day - first).days + 1))
    return Year([(each, counts.get(each, 0)) for each in days])
