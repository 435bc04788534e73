"""Closing a day: events become numbers, numbers become health, both become the day's rows.

The same code closes today every few minutes, yesterday at night and years of history. Closing a day again gives the
same rows, unless events, attributes or definitions have changed.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.merging.members import first_days_together
from tenure.core.health import bare_score, state_of
from tenure.health.calibration import calibrate_draft
from tenure.health.definitions import Version, version_on, versions
from tenure.health.dirty import enqueue_rest
from tenure.health.measuring import Measures, measure, traits_as_of
from tenure.health.metrics import metric_columns
from tenure.warehouse.store import MetricColumn, Store

Progress = Callable[[int, int], None]

#: A transaction costs as much as some thousand rows: days are written together until they have so many.
_ROWS_AT_ONCE = 10_000

#: Days measured at the same time. One keeps the warehouse to one core for the most part, however many it may use.
_AHEAD = 2


@dataclass(frozen=True)
class Closed:
    """What closing a day wrote: rows, how many of them have a score, and by which definition (None: by none yet)."""

    day: date
    accounts: int
    scored: int
    health_version: int | None


def close_day(day: date, *, store: Store, zone: ZoneInfo, known: bool = False) -> Closed:
    """Closes one day. `known`: it is closed on time, so its rows are also kept as they are now."""
    _refresh(day, day, store, zone)
    calibrate_draft(day, store, zone)
    closing = _Closing.now(store, zone)
    rows = closing.score(day, measure(store, zone, day, closing.metrics))
    store.write_day(day, rows, known=known)
    version = version_on(day, closing.versions)
    return Closed(day, rows.num_rows, rows.num_rows - rows["health_score"].null_count, version.id if version else None)


def close_days(
    first: date, last: date, *, store: Store, zone: ZoneInfo, progress: Progress = lambda done, total: None
) -> int:
    """Closes every day of a span, the latest first, and returns how many; `progress` is told (done, total)."""
    _refresh(first, last, store, zone)
    calibrate_draft(last, store, zone)
    closing = _Closing.now(store, zone)
    days = [last - timedelta(days=n) for n in range((last - first).days + 1)]
    scored: dict[date, pa.Table] = {}
    # The warehouse measures the next days while one is scored and written: both cores have something to do.
    with ThreadPoolExecutor(_AHEAD, thread_name_prefix="measure") as ahead:
        measured = deque(closing.measure_in(ahead, day) for day in days[:_AHEAD])
        for n, day in enumerate(days, 1):
            table = measured.popleft().result()
            measured.extend(closing.measure_in(ahead, later) for later in days[n + _AHEAD - 1 : n + _AHEAD])
            scored[day] = closing.score(day, Measures(table, closing.metrics))
            if n == len(days) or sum(rows.num_rows for rows in scored.values()) >= _ROWS_AT_ONCE:
                store.write_days(scored)
                scored = {}
            progress(n, len(days))
    return len(days)


def _refresh(first: date, last: date, store: Store, zone: ZoneInfo) -> None:
    copy_facts(store)
    dirty = [day for day in store.dirty_days() if first <= day <= last]
    if dirty:
        enqueue_rest(dirty, first, last, store=store, zone=zone)
        store.refresh_days(dirty)


@dataclass(frozen=True)
class _Closing:
    """All that is the same for the days of one go."""

    store: Store
    zone: ZoneInfo
    metrics: Sequence[MetricColumn]
    versions: Sequence[Version]
    first_days: Mapping[int, date]

    @classmethod
    def now(cls, store: Store, zone: ZoneInfo) -> "_Closing":
        return cls(store, zone, metric_columns(), versions(), first_days_together(store.first_days()))

    def measure_in(self, thread: Executor, day: date) -> Future[pa.Table]:
        """Measures in another thread."""
        traits = traits_as_of(self.store, self.metrics, day, self.zone)
        return thread.submit(self.store.measure, day, self.metrics, traits)

    def score(self, day: date, measures: Measures) -> pa.Table:
        """The day's rows: the measures with the three columns of health."""
        version = version_on(day, self.versions)
        scores = self._scores(day, measures, version)
        count = len(scores)
        states = [int(state_of(score)) for score in scores]
        table = measures.table.append_column("health_score", pa.array(scores, pa.float64()))
        table = table.append_column("health_state", pa.array(states, pa.uint8()))
        return table.append_column("health_version", pa.array([version.id if version else None] * count, pa.uint32()))

    def _scores(self, day: date, measures: Measures, version: Version | None) -> list[float | None]:
        accounts = measures.accounts()
        if version is None:
            return [None] * len(accounts)
        definition = version.definition
        old = day - timedelta(days=definition.minimum_age_days)
        rows = zip(*(measures.values(key) for key in definition.metrics), strict=True)
        return [
            bare_score(values, definition, young=self.first_days.get(account, date.max) > old)
            for account, values in zip(accounts, rows, strict=True)
        ]
