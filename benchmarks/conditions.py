"""Conditions on DuckDB, against the best SQL one would write by hand, with answers in the same form.

5,000 accounts with 40 numbers a day over two years, and 10,000 on a day; the same five leaves twice: "plain" looks at
the row of the day, "mixed" also at a fact, a change against 28 days before and the top tenth of the day.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from benchmarks.ratio import Ratio
from tenure.core.conditions.document import from_document
from tenure.core.conditions.fields import DayColumn, FactField, Field, FieldType
from tenure.lib.instants import to_us
from tenure.warehouse.conditions.question import Question
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.schema import FACT

LAST = date(2026, 6, 30)
FIRST = LAST - timedelta(days=364)
BEGIN = FIRST - timedelta(days=28)
METRICS = 37  # and the three of health
ZONE = ZoneInfo("Asia/Shanghai")
FIELDS = {f"metric.m{n}": Field(f"metric.m{n}", FieldType.NUMBER, DayColumn(f"m{n}")) for n in range(1, METRICS + 1)}
FIELDS["fact.plan"] = Field("fact.plan", FieldType.CHOICE, FactField("plan"))
STATES = {"none": 0, "at_risk": 1, "average": 2, "healthy": 3}
FIELDS["health.state"] = Field("health.state", FieldType.CHOICE, DayColumn("health_state", STATES))

PLAIN = {
    "all": [
        {"field": "metric.m1", "comparison": "<", "value": 20},
        {"field": "metric.m7", "comparison": ">=", "value": 30},
        {
            "any": [
                {"field": "health.state", "comparison": "in", "value": ["at_risk", "average"]},
                {"field": "metric.m20", "comparison": "between", "value": [20, 30]},
            ]
        },
        {"not": {"field": "metric.m33", "comparison": ">", "value": 70}},
    ]
}
MIXED = {
    "all": [
        {"field": "metric.m1", "comparison": "<", "value": 60},
        {"field": "health.state", "comparison": "in", "value": ["at_risk", "average"]},
        {"field": "fact.plan", "comparison": "in", "value": ["pro", "team"]},
        {
            "any": [
                {
                    "field": "metric.m7",
                    "change": {"against": "days_before", "days": 28},
                    "comparison": "<=",
                    "value": -0.3,
                },
                {"field": "metric.m20", "comparison": "bottom", "value": {"percent": 10}},
            ]
        },
    ]
}
PLAIN_SQL = """
select day, list(account_id) from account_day
where day between $first and $last and m1 < 20 and m7 >= 30
  and (health_state in (1, 2) or m20 between 20 and 30) and (m33 <= 70 or m33 is null)
group by day order by day"""
MIXED_SQL = """
with plan as (
    select account_id, first_day, lead(first_day, 1, $last + 1) over (partition by account_id order by first_day) as until
    , text from (
        select account_id, greatest((timestamp '1970-01-01' + to_microseconds(valid_us + 28800000000))::date, $first)
            as first_day, max_by(text, row(valid_us, text)) as text
        from fact where field = 'plan' and not withdrawal and valid_us < $end_us
          and id not in (select corrects from fact where corrects > 0) group by 1, 2
    )
), edge as (
    select day, list_sort(list(m20))[(count(m20) * 10 + 99) // 100] as edge from account_day
    where day between $first and $last and m20 is not null group by day
)
select d.day, list(d.account_id) from account_day d
join plan p on p.account_id = d.account_id and d.day >= p.first_day and d.day < p.until and p.text in ('"pro"', '"team"')
left join edge e on e.day = d.day
left join account_day b on b.account_id = d.account_id and b.day = d.day - 28 and b.day between $first - 28 and $last - 28
where d.day between $first and $last and d.m1 < 60 and d.health_state in (1, 2)
  and ((b.m7 <> 0 and (d.m7 - b.m7) / abs(b.m7) <= -0.3) or d.m20 <= e.edge)
group by d.day order by d.day"""


def run(quick: bool = False) -> list[Ratio]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-conditions-"))
    rounds = 3 if quick else 9
    try:
        year = fill(DuckDBStore.open(folder / "year.duckdb"), 5_000, BEGIN)
        day = fill(DuckDBStore.open(folder / "day.duckdb"), 10_000, LAST - timedelta(days=59))
        ratios = []
        for name, document, sql in (("plain", PLAIN, PLAIN_SQL), ("mixed", MIXED, MIXED_SQL)):
            ratios += of_year(year, name, document, sql, rounds) + of_day(day, name, document, sql, rounds * 5)
        year.close()
        day.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return ratios


def of_year(store: DuckDBStore, name: str, document: dict, sql: str, rounds: int) -> list[Ratio]:
    asked, by_hand = asking(store, document, FIRST, LAST), asking_sql(store, sql, FIRST, LAST)
    assert asked() == by_hand()
    compiled, hand = in_turns([asked, by_hand], rounds)
    days = [FIRST + timedelta(days=n) for n in range(0, 365, 5)]
    started = time.perf_counter()
    for day in days:
        asking(store, document, day, day)()
    single = (time.perf_counter() - started) * 1000 / len(days) * 365
    return [
        Ratio(f"{name}: 365 days of 5,000 accounts, against SQL by hand", compiled, hand, "ms", at_most=1.3),
        Ratio(f"{name}: 365 single days, against 365 days at once", single, compiled, "ms", at_least=15),
    ]


def of_day(store: DuckDBStore, name: str, document: dict, sql: str, rounds: int) -> list[Ratio]:
    asked, by_hand = asking(store, document, LAST, LAST), asking_sql(store, sql, LAST, LAST)
    assert asked() == by_hand()
    compiled, hand = in_turns([asked, by_hand], rounds)
    title = f"{name}: one day of 10,000 accounts, compiling included, against SQL by hand"
    return [Ratio(title, compiled, hand, "ms", at_most=2)]


def asking(store: DuckDBStore, document: dict, first: date, last: date) -> Callable[[], object]:
    return lambda: store.matching(Question(from_document(document, FIELDS), FIELDS, first, last, ZONE))


def asking_sql(store: DuckDBStore, sql: str, first: date, last: date) -> Callable[[], object]:
    end = to_us(datetime.combine(last + timedelta(days=1), datetime.min.time(), ZONE))
    given = {"first": first, "last": last, "end_us": end}
    given = {key: value for key, value in given.items() if f"${key}" in sql}
    return lambda: {day: frozenset(accounts) for day, accounts in store.read(sql, given)}


def in_turns(asked: list[Callable[[], object]], rounds: int) -> list[float]:
    """Median milliseconds of each, all asked in turns."""
    times: list[list[float]] = [[] for _ in asked]
    for _ in range(rounds):
        for ask, taken in zip(asked, times, strict=True):
            started = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - started) * 1000)
    return [statistics.median(taken) for taken in times]


def fill(store: DuckDBStore, accounts: int, first: date) -> DuckDBStore:
    chance = np.random.default_rng(7)
    ids = pa.array(np.arange(1, accounts + 1), pa.uint32())
    base = chance.uniform(0, 100, (METRICS, accounts))
    for number in range((LAST - first).days + 1):
        columns = {
            "account_id": ids,
            "health_score": pa.array(chance.uniform(0, 100, accounts)),
            "health_state": pa.array(chance.integers(0, 4, accounts), pa.uint8()),
            "health_version": pa.array(np.ones(accounts), pa.uint32()),
        }
        base += chance.normal(0, 3, base.shape)
        for metric in range(METRICS):
            missing = chance.random(accounts) < 0.03
            columns[f"m{metric + 1}"] = pa.array(base[metric], mask=missing)
        store.write_day(first + timedelta(days=number), pa.table(columns))
    write_facts(store, accounts, chance)
    return store


def write_facts(store: DuckDBStore, accounts: int, chance: np.random.Generator) -> None:
    """Three plans an account over time, and 20 other facts."""
    start = to_us(datetime(2024, 1, 1, tzinfo=UTC))
    count = accounts * 23
    account = np.tile(np.arange(1, accounts + 1), 23)
    plans = ['"basic"', '"pro"', '"team"']
    is_plan = np.arange(count) < accounts * 3
    texts = [plans[n % 3] if plan else str(n) for n, plan in zip(chance.integers(0, 99, count), is_plan, strict=True)]
    fields = ["plan" if plan else f"f{n // accounts}" for n, plan in enumerate(is_plan)]
    at = pa.array(start + chance.integers(0, 900 * 86_400, count) * 1_000_000)
    columns = [
        np.arange(1, count + 1),
        account,
        fields,
        texts,
        at,
        at,
        np.zeros(count, int),
        np.zeros(count, bool),
    ]
    arrays = [pa.array(column, kind.type) for column, kind in zip(columns, FACT, strict=True)]
    store.set_facts(range(count + 1), pa.table(arrays, FACT))
