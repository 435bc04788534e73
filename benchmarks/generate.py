"""Lifelike events for benchmarks, in batches as the loader appends them.

Accounts of Zipf sizes that start and leave, users of Pareto activity with bursts, weekdays and working hours, 60 names
of Zipf frequency, 1 % late by up to 3 days, random message ids, properties of about 90 bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.warehouse.schema import EVENT

DAY_US = 86_400_000_000
WEEK = np.array([1, 1.05, 1.08, 1.05, 0.9, 0.22, 0.18])
HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 18, 16, 12, 14, 17, 17, 15, 10, 6, 4, 3, 2, 2, 1], float)
FIRST_DAY = date(2025, 5, 1)


@dataclass(frozen=True)
class Company:
    """How much is generated; ids of accounts, users and events start at 1."""

    events: int = 10_000_000
    accounts: int = 5_000
    users: int = 200_000
    names: int = 60
    days: int = 548
    seed: int = 7

    @property
    def last_day(self) -> date:
        return FIRST_DAY + timedelta(days=self.days - 1)


def account_of(company: Company) -> np.ndarray:
    """The account of each user, from 0; every account has one user at least."""
    rng = np.random.default_rng(company.seed)
    size = 1 / np.arange(1, company.accounts + 1) ** 0.9
    size = size[rng.permutation(company.accounts)] / size.sum()
    rest = rng.choice(company.accounts, company.users - company.accounts, p=size)
    return np.concatenate([np.arange(company.accounts), rest])


def batches(company: Company, rows: int, first: int = 0) -> Iterator[pa.Table]:
    """The events from day number `first` on, by arrival, in tables of `rows` rows (the last one may be shorter)."""
    waiting: list[pa.Table] = []
    held = 0
    for table in _days(company, first):
        waiting.append(table)
        held += table.num_rows
        if held >= rows:
            joined = pa.concat_tables(waiting).combine_chunks()
            for start in range(0, held - rows + 1, rows):
                yield joined.slice(start, rows)
            waiting = [joined.slice(held - held % rows)]
            held %= rows
    if held:
        yield pa.concat_tables(waiting).combine_chunks()


def _days(company: Company, first: int) -> Iterator[pa.Table]:
    account, rng = account_of(company), np.random.default_rng(company.seed + 1)
    start_of_account = np.where(
        rng.random(company.accounts) < 0.35, 0, rng.integers(0, company.days - 30, company.accounts)
    )
    life = np.where(rng.random(company.accounts) < 0.6, 9999, rng.exponential(220, company.accounts) + 20)
    delay = (rng.exponential(90, company.users) * (rng.random(company.users) < 0.8)).astype(int)
    start = np.minimum(start_of_account[account] + delay, company.days - 1)
    stay = np.where(rng.random(company.users) < 0.45, 9999, rng.exponential(60, company.users) + 1)
    end = np.minimum(start + stay, start_of_account[account] + life[account])
    weight = np.minimum(rng.pareto(1.3, company.users) + 0.2, 200)
    names = np.cumsum(rng.permutation(1 / np.arange(1, company.names + 1)))
    hours = np.cumsum(HOURS) / HOURS.sum()

    here = [np.flatnonzero((start <= day) & (end > day)) for day in range(company.days)]
    weekday = [WEEK[(FIRST_DAY + timedelta(days=day)).weekday()] for day in range(company.days)]
    volume = np.array([weight[users].sum() for users in here]) * weekday
    counts = np.floor(volume / volume.sum() * company.events).astype(int)
    counts[-1] += company.events - counts.sum()
    for day in range(first, company.days):
        rng = np.random.default_rng([company.seed, day])
        active = here[day]
        bursts = np.cumsum(weight[active] * rng.gamma(0.6, 1, len(active)))
        user = active[np.searchsorted(bursts, rng.random(counts[day]) * bursts[-1] * 0.999999)]
        name = np.searchsorted(names, rng.random(counts[day]) * names[-1] * 0.999999)
        yield _table(rng, day, account[user], user, name, np.searchsorted(hours, rng.random(counts[day]) * 0.999999))


def _table(
    rng: np.random.Generator, day: int, account: np.ndarray, user: np.ndarray, name: np.ndarray, hour: np.ndarray
) -> pa.Table:
    count = len(user)
    midnight = (FIRST_DAY - date(1970, 1, 1)).days * DAY_US
    arrived = np.sort(midnight + day * DAY_US + hour * 3_600_000_000 + rng.integers(0, 3_600_000_000, count))
    time = arrived - np.where(rng.random(count) < 0.01, rng.integers(0, 3 * DAY_US, count), 0)
    columns = [
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), count, [None, pa.py_buffer(rng.bytes(16 * count))]),
        pa.array(account + 1, pa.uint32()),
        pa.array(user + 1, pa.uint32()),
        pa.array(user + 1, pa.uint32()),
        pa.array(name + 1, pa.uint32()),
        pa.array(time, pa.timestamp("us")),
        pa.array((time // DAY_US).astype("int32"), pa.int32()).cast(pa.date32()),
        pa.array(arrived, pa.timestamp("us")),
        pa.array(np.ones(count, bool)),
        _properties(rng, account, count),
    ]
    return pa.table(columns, schema=EVENT)


def _properties(rng: np.random.Generator, account: np.ndarray, count: int) -> pa.Array:
    def text(values: np.ndarray) -> pa.Array:
        return pa.array(values).cast(pa.string())

    plan = pa.array(["free", "starter", "team", "business", "enterprise"]).take(pa.array(account % 5))
    source = pa.array(["web", "web", "web", "ios", "android", "api"]).take(pa.array(rng.integers(0, 6, count)))
    page, duration, items = (rng.integers(low, high, count) for low, high in ((0, 2000), (3, 60_000), (0, 40)))
    parts = ['{"plan":"', plan, '","source":"', source, '","page":"/app/s', text(page), '","duration_ms":']
    return pc.binary_join_element_wise(*parts, text(duration), ',"items":', text(items), "}", "")
