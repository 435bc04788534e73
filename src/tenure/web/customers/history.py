"""An account's numbers day by day: health and every current metric, read once for the whole page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.health.models import Metric
from tenure.warehouse.schema import HEALTH_COLUMNS, HealthState, metric_column
from tenure.warehouse.store import Store

HISTORY_DAYS = 400  # a year and enough before it to compare with


@dataclass(frozen=True)
class HealthDay:
    """`score` None: not enough data. `version` is the id of the health definition the day was scored by."""

    day: date
    score: float | None
    state: HealthState
    version: int | None


@dataclass(frozen=True)
class History:
    """`health` has the days with numbers, oldest first; `values` of the same days by metric key."""

    day: date
    health: Sequence[HealthDay]
    values: Mapping[str, Mapping[date, float | None]]

    @property
    def today(self) -> HealthDay | None:
        """The as-of day's health; None when that day has no numbers."""
        return self.health[-1] if self.health and self.health[-1].day == self.day else None

    @property
    def state_since(self) -> date | None:
        """The first day of the unbroken run of the last day's state."""
        since = None
        for each in reversed(self.health):
            if each.state != self.health[-1].state:
                break
            since = each.day
        return since

    @property
    def since_or_before(self) -> bool:
        """The state is as old as what was read: it may be older."""
        return len(self.health) > HISTORY_DAYS and self.state_since == self.health[0].day

    @property
    def version_changes(self) -> list[tuple[date, int]]:
        """(first day, health definition) of each definition after the first one."""
        changes, last = [], None
        for each in self.health:
            if each.version is not None and each.version != last:
                if last is not None:
                    changes.append((each.day, each.version))
                last = each.version
        return changes

    def value(self, key: str, day: date | None = None) -> float | None:
        """A metric's value on a day, the as-of day by default; None too when there is no such metric."""
        return self.values.get(key, {}).get(day or self.day)

    def score(self, day: date) -> float | None:
        return next((each.score for each in self.health if each.day == day), None)


def read_history(store: Store, account_id: int, metrics: Mapping[str, Metric], day: date) -> History:
    """The HISTORY_DAYS up to the day, and the day."""
    columns = (*HEALTH_COLUMNS, *(metric_column(metric.pk) for metric in metrics.values()))
    rows = store.account_series([account_id], columns, day - timedelta(days=HISTORY_DAYS), day)
    known = [(on, values) for _account, on, *values in rows]
    health = [_health_day(on, *values[: len(HEALTH_COLUMNS)]) for on, values in known]
    by_key = {
        key: {on: values[at] for on, values in known} for at, key in enumerate(metrics, start=len(HEALTH_COLUMNS))
    }
    return History(day, health, by_key)


def _health_day(day: date, score: float | None, state: float | None, version: float | None) -> HealthDay:
    return HealthDay(day, score, HealthState(int(state or 0)), None if version is None else int(version))
