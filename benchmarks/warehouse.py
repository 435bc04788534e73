"""The DuckDB store: what an append, each dashboard read and a day's close cost.

append     a batch with de-duplication, both roll-ups and pairs, against a bare Arrow append of the same rows
reads      on 10 million events, each read against the best hand-written SQL for it (dashboard_sql)
a day      measure and write_day with 18 months of history against 2 months of the same daily volume
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.dashboard_sql import questions
from benchmarks.generate import FIRST_DAY, Company, batches
from benchmarks.ratio import Ratio
from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Batch, MetricColumn

METRICS = [
    MetricColumn(1, "value_events_7", MetricSpec(MetricKind.COUNT, 7)),
    MetricColumn(2, "value_events_28", MetricSpec(MetricKind.COUNT, 28)),
    MetricColumn(3, "active_users_7", MetricSpec(MetricKind.ACTIVE_USERS, 7)),
    MetricColumn(4, "active_users_28", MetricSpec(MetricKind.ACTIVE_USERS, 28)),
    MetricColumn(5, "active_features_28", MetricSpec(MetricKind.ACTIVE_FEATURES, 28)),
    MetricColumn(6, "opened_users", MetricSpec(MetricKind.OPENED_USERS)),
    MetricColumn(7, "all_features", MetricSpec(MetricKind.ALL_FEATURES)),
    MetricColumn(8, "breadth", MetricSpec(MetricKind.RATIO, numerator="active_users_28", denominator="opened_users")),
    MetricColumn(9, "days_since_last", MetricSpec(MetricKind.DAYS_SINCE_LAST, 90)),
    MetricColumn(
        10,
        "long_sessions",
        MetricSpec(MetricKind.COUNT, 7, where=(PropertyFilter("duration_ms", Comparison.ABOVE, 30_000.0),)),
    ),
]
RECENT_DAYS = 61


def run(quick: bool = False) -> list[Ratio]:
    company = Company(events=600_000, accounts=1_000, users=20_000) if quick else Company()
    with tempfile.TemporaryDirectory() as folder:
        store = build(Path(folder) / "all.duckdb", company, first=0)
        recent = build(Path(folder) / "recent.duckdb", company, first=company.days - RECENT_DAYS)
        ratios = [
            *append_ratios(Path(folder), company, quick),
            *read_ratios(store, company),
            day_ratio(store, recent, company),
        ]
        store.close()
        recent.close()
    return ratios


def build(path: Path, company: Company, first: int) -> DuckDBStore:
    """A store with the events from day number `first` on, as it would be: closed months sorted, roll-ups exact."""
    store = DuckDBStore.open(path)
    store.set_events(
        (event, 2 if event % 3 else 1, -event if event % 3 else 0) for event in range(1, company.names + 1)
    )
    for position, rows in enumerate(batches(company, 200_000, first), 1):
        store.append(Batch(rows, position))
    store.refresh_days(store.dirty_days())
    known = store.first_days()
    store.set_accounts((key, f"Account {key:05}", f"acc-{key}", day) for key, day in known.items())
    fill_days(store, company, first)
    for month in months(company, first):
        store.sort_month(month)
    return store


def fill_days(store: DuckDBStore, company: Company, first: int) -> None:
    """Numbers of every account and day, made up: what they are does not matter to a read."""
    rng = np.random.default_rng(3)
    ids = pa.array(range(1, company.accounts + 1), pa.uint32())
    for number in range(first, company.days):
        columns: dict[str, Any] = {"account_id": ids, "health_version": pa.array([1] * company.accounts, pa.uint32())}
        columns["health_score"] = pa.array(rng.integers(0, 1000, company.accounts) / 10)
        columns["health_state"] = pa.array(rng.integers(0, 4, company.accounts), pa.uint8())
        for metric in METRICS:
            columns[f"m{metric.id}"] = pa.array(rng.integers(0, 500, company.accounts).astype(float))
        store.write_day(FIRST_DAY + timedelta(days=number), pa.table(columns))


def months(company: Company, first: int) -> Iterator[Any]:
    """The closed months."""
    month = (FIRST_DAY + timedelta(days=first)).replace(day=1)
    while month < company.last_day.replace(day=1):
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def append_ratios(folder: Path, company: Company, quick: bool) -> list[Ratio]:
    """Rows a second of batches of 10,000 and 100,000, into a table that holds a million (none when quick)."""
    ratios = []
    for size, at_least in ((10_000, 0.3), (100_000, 0.4)):
        store = DuckDBStore.open(folder / f"append{size}.duckdb")
        store.set_events((event, 2, -event) for event in range(1, company.names + 1))
        bare = duckdb.connect(str(folder / f"bare{size}.duckdb"), config={"threads": 2, "checkpoint_threshold": "64MB"})
        arriving = batches(company, size, first=company.days // 2)
        bare.register("rows", next(arriving))
        bare.execute("create table event as from rows limit 0")
        seconds: dict[str, list[float]] = {"store": [], "bare": []}
        for position in range((200_000 if quick else 2_000_000) // size):
            rows = next(arriving)
            seconds["store"].append(timed(lambda: store.append(Batch(rows, position))))  # noqa: B023
            seconds["bare"].append(timed(lambda: append_bare(bare, rows)))  # noqa: B023
        half = len(seconds["bare"]) // 2
        totals = {name: sum(each[half:]) for name, each in seconds.items()}
        rate = {name: size * (len(seconds[name]) - half) / totals[name] for name in seconds}
        name = f"append {size:,} rows a batch, against a bare Arrow append"
        ratios.append(Ratio(name, rate["store"], rate["bare"], "rows/s", at_least=at_least))
        store.close()
        bare.close()
    return ratios


def append_bare(connection: Any, rows: pa.Table) -> None:
    connection.register("rows", rows)
    connection.execute("begin")
    connection.execute("insert into event from rows")
    connection.execute("commit")


def read_ratios(store: DuckDBStore, company: Company, rounds: int = 21) -> list[Ratio]:
    big = store.read(
        "select account_id from user_day where day > $since group by account_id order by count(*) desc",
        {"since": company.last_day - timedelta(days=28)},
    )[0][0]
    ratios = []
    with store.reading() as cursor:
        for question in questions(company, big):
            ours, by_hand = interleaved(
                lambda: question.ask(store),  # noqa: B023
                lambda: cursor.execute(question.sql).fetchall(),  # noqa: B023
                rounds,
            )
            ratios.append(Ratio(question.name, ours, by_hand, "ms", at_most=1.1, slack=2.0))
    return ratios


def day_ratio(store: DuckDBStore, recent: DuckDBStore, company: Company) -> Ratio:
    def close(one: DuckDBStore) -> None:
        one.write_day(company.last_day, one.measure(company.last_day, METRICS, {}))

    long, short = interleaved(lambda: close(store), lambda: close(recent), 9)
    return Ratio("measure and write a day, 18 months against 2", long, short, "ms", at_most=1.5)


def interleaved(first: Callable[[], Any], second: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Median milliseconds of both, run in turn so that both meet the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 2):
        for each, into in zip((first, second), times, strict=True):
            seconds = timed(each)
            if number >= 2:
                into.append(seconds * 1000)
    return median(times[0]), median(times[1])


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
