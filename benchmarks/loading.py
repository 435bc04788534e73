"""Inbox to warehouse: decoding, ids, attribution, de-duplication and both roll-ups, against a bare Arrow append.

The reference inserts the very same rows, in the same batches, into a table of its own, each in one transaction. Both
tables hold millions of rows before, as the trial of the engines had it: appending to a small file says little. A round is
long enough for each side to fold its log into the file at least once, for that is a part of appending. Both take turns,
so that what else the machine does meets both.
"""

import gzip
import json
import os
import random
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.ratio import Ratio
from tenure.warehouse.schema import EVENT

NAMES = [f"feature {n} used" for n in range(60)]
ACCOUNTS, USERS = 2_000, 6_000
PER_BODY = 100
EARLIER = """
select unhex(md5(n::varchar)) as message_id, (1 + n % 2000)::uinteger as account_id, (1 + n % 6000)::uinteger as user_id,
    (1 + n % 6000)::uinteger as identity_id, (1 + hash(n) % 60)::uinteger as event_id,
    timestamp '2025-01-01' + to_seconds((n * 5)::bigint) as time, time::date as day, time as received_at, true as explicit,
    format('{{"plan": "pro", "source": "web", "page": "/app/page-{}", "duration_ms": {}}}', hash(n) % 2000, n % 900)
        as properties
from range($start, $start + $count) as counted(n)
"""
PLANS, SOURCES = ("free", "starter", "pro", "business", "enterprise"), ("web", "ios", "android", "api", "mail", "cli")


def run(quick: bool = False) -> list[Ratio]:
    held, events, rounds = (500_000, 100_000, 2) if quick else (5_000_000, 500_000, 5)
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        house.load(make_bodies(20_000, rng, day=0))
        house.fill(held)
        loaded, bare = [], []
        for number in range(rounds):
            tables, seconds = house.load(make_bodies(events, rng, day=10 * (number + 1)))
            loaded.append(events / seconds)
            bare.append(events / house.append_bare(tables))
        house.close()
    name = "load from the inbox, against a bare Arrow append of the same rows"
    return [Ratio(name, median(loaded), median(bare), "rows/s", at_least=0.3)]


class House:
    """An inbox, a loader and a warehouse, and beside it a database with one bare table."""

    def __init__(self, folder: Path) -> None:
        os.environ.update({"TENURE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tenure.settings"})
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from tenure.events.inbox.sqlite import SqliteInbox
        from tenure.events.loader import Loader
        from tenure.events.sources import create_source
        from tenure.warehouse.duckdb import DuckDBStore

        call_command("migrate", verbosity=0)
        self.inbox, self.store = SqliteInbox(folder / "inbox.sqlite3"), DuckDBStore.open(folder / "warehouse.duckdb")
        self.source = create_source("App", actor=None)
        self.loader = Loader(self.inbox, self.store, settings.CONFIG)
        self.bare = duckdb.connect(str(folder / "bare.duckdb"), config={"threads": 2, "checkpoint_threshold": "64MB"})
        self.bare.register("rows", EVENT.empty_table())
        self.bare.execute("create table event as from rows")

    def fill(self, rows: int) -> None:
        """Puts the same earlier rows into both tables, past the loader."""
        from tenure.warehouse.store import Batch

        for start in range(0, rows, 250_000):
            earlier = self.bare.execute(EARLIER, {"start": start, "count": 250_000}).to_arrow_table().cast(EVENT)
            self.append_bare([earlier])
            self.store.append(Batch(rows=earlier, position=self.store.position()))
        self.bare.execute("checkpoint")
        self.store.checkpoint()

    def load(self, bodies: Iterable[bytes]) -> tuple[list[pa.Table], float]:
        """The rows as the loader gave them to the warehouse, and the seconds it took."""
        from tenure.events.inbox.store import Arrival
        from tenure.events.message import Request

        now_us = int(time.time() * 1e6)
        requests = [Request("batch", body, "", "application/json", "gzip") for body in bodies]
        self.inbox.put([Arrival(self.source.pk, "segment", now_us, request) for request in requests])
        tables: list[pa.Table] = []
        append = self.store.append

        def keep(batch: Any) -> Any:
            tables.append(batch.rows)
            return append(batch)

        self.store.append = keep  # type: ignore[method-assign]
        before = self.store.totals().events
        started = time.perf_counter()
        self.loader.load_all()
        seconds = time.perf_counter() - started
        self.store.append = append  # type: ignore[method-assign]
        expected = len(requests) * PER_BODY
        assert sum(table.num_rows for table in tables) == self.store.totals().events - before == expected
        return tables, seconds

    def append_bare(self, tables: list[pa.Table]) -> float:
        """Seconds to insert the tables, one durable transaction each."""
        started = time.perf_counter()
        for rows in tables:
            self.bare.register("rows", rows)
            self.bare.execute("begin")
            self.bare.execute("insert into event from rows")
            self.bare.execute("commit")
        return time.perf_counter() - started

    def close(self) -> None:
        self.inbox.close()
        self.store.close()
        self.bare.close()


def make_bodies(events: int, rng: random.Random, day: int) -> Iterator[bytes]:
    """Segment batches of track calls over 10 days; each user in one account, one event in ten from a browser."""
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    weights = [1 / (n + 1) for n in range(len(NAMES))]
    for first in range(0, events, PER_BODY):
        moment = start + timedelta(days=10 * first / events)
        batch = []
        for _ in range(PER_BODY):
            user = int(USERS * rng.random() ** 2)
            item = {
                "type": "track",
                "event": rng.choices(NAMES, weights)[0],
                "messageId": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
                "userId": f"user-{user}",
                "timestamp": (moment + timedelta(seconds=rng.randrange(3600))).isoformat().replace("+00:00", "Z"),
                "properties": {
                    "plan": rng.choice(PLANS),
                    "source": rng.choice(SOURCES),
                    "page": f"/app/page-{rng.randrange(2000)}",
                    "duration_ms": int(rng.expovariate(1 / 900)),
                    "items": rng.randrange(40),
                },
                "context": {"groupId": f"acc-{user % ACCOUNTS}", "library": {"name": "analytics-python"}},
            }
            if rng.random() < 0.1:
                item["anonymousId"] = f"browser-{user}"
            batch.append(item)
        yield gzip.compress(json.dumps({"batch": batch, "sentAt": moment.isoformat()}).encode(), 6)
