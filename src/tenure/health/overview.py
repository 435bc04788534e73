"""How many accounts are in which state, on a day and over time."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tenure.core.health import HealthState
from tenure.warehouse.store import Store


@dataclass(frozen=True)
class Distribution:
    """Accounts by state on a day; every state is there, with 0 when nobody is in it."""

    day: date
    accounts: dict[HealthState, int] = field(default_factory=lambda: dict.fromkeys(HealthState, 0))

    @property
    def total(self) -> int:
        return sum(self.accounts.values())

    def share(self, state: HealthState) -> float | None:
        """The state's share of the accounts that have a score; None when none has."""
        scored = self.total - self.accounts[HealthState.NOT_ENOUGH_DATA]
        return self.accounts[state] / scored if scored and state is not HealthState.NOT_ENOUGH_DATA else None


def distribution(day: date, store: Store, visible: Collection[int] | None = None) -> Distribution:
    """The day's distribution over the accounts a member may see (None: all)."""
    found = distributions(day, day, store, visible)
    return found[0] if found else Distribution(day)


def distributions(first: date, last: date, store: Store, visible: Collection[int] | None = None) -> list[Distribution]:
    """One distribution per closed day of the span, ascending."""
    by_day: dict[date, Distribution] = {}
    for day, state, accounts in store.state_counts(first, last, visible):
        by_day.setdefault(day, Distribution(day)).accounts[HealthState(state)] = accounts
    return [by_day[day] for day in sorted(by_day)]
