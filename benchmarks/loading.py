"""Inbox to warehouse: decoding, ids, attribution, de-duplication and both roll-ups, against a bare Arrow append.

The reference inserts the very same rows, in the same batches, into a table without keys, each in one transaction.
"""

import gzip
import json
import os
import random
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa

from benchmarks.ratio import Ratio

NAMES = [f"feature {n} used" for n in range(60)]
ACCOUNTS, USERS = 2_000, 6_000
PER_BODY = 100
PLANS, SOURCES = ("free", "starter", "pro", "business", "enterprise"), ("web", "ios", "android", "api", "mail", "cli")


def run(quick: bool = False) -> list[Ratio]:
    events, rounds = (40_000, 1) if quick else (300_000, 3)
    loaded, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"TENURE_DATA": folder, "DJANGO_SETTINGS_MODULE": "tenure.settings"})
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for number in range(rounds):
            tables, seconds = load(Path(folder) / str(number), events, seed=number)
            rows = sum(table.num_rows for table in tables)
            loaded.append(rows / seconds)
            bare.append(rows / append(Path(folder) / f"bare{number}", tables))
    return [
        Ratio("load from the inbox, against a bare Arrow append", median(loaded), median(bare), "rows/s", at_least=0.3)
    ]


def load(folder: Path, events: int, seed: int) -> tuple[list[pa.Table], float]:
    """Loads a fifth first, so that names and most people are known; then the rest, timed."""
    from django.conf import settings

    from tenure.events.inbox.sqlite import SqliteInbox
    from tenure.events.inbox.store import Arrival
    from tenure.events.loader import Loader
    from tenure.events.message import Request
    from tenure.events.sources import create_source
    from tenure.warehouse.duckdb import DuckDBStore

    folder.mkdir()
    inbox, store = SqliteInbox(folder / "inbox.sqlite3"), DuckDBStore.open(folder / "warehouse.duckdb")
    source = create_source(folder.name, actor=None)
    loader = Loader(inbox, store, settings.CONFIG)
    now_us = int(time.time() * 1e6)
    bodies = list(make_bodies(events, random.Random(seed)))
    requests = [Request("batch", body, "", "application/json", "gzip") for body in bodies]
    arrivals = [Arrival(source.pk, "segment", now_us, request) for request in requests]
    known = len(arrivals) // 5
    inbox.put(arrivals[:known])
    loader.load_all()
    inbox.put(arrivals[known:])
    tables: list[pa.Table] = []
    append_batch = store.append

    def keep(batch: Any) -> Any:
        tables.append(batch.rows)
        return append_batch(batch)

    store.append = keep  # type: ignore[method-assign]
    started = time.perf_counter()
    loader.load_all()
    seconds = time.perf_counter() - started
    expected = (len(arrivals) - known) * PER_BODY
    assert sum(table.num_rows for table in tables) == expected
    assert store.totals().events == len(arrivals) * PER_BODY
    inbox.close()
    store.close()
    return tables, seconds


def append(path: Path, tables: list[pa.Table]) -> float:
    """Seconds to insert the tables into a bare table of the same columns, durably, one transaction each."""
    import duckdb

    con = duckdb.connect(str(path))
    rows = tables[0].slice(0, 0)
    con.register("rows", rows)
    con.execute("create table event as from rows")
    started = time.perf_counter()
    for rows in tables:
        con.register("rows", rows)
        con.execute("begin")
        con.execute("insert into event from rows")
        con.execute("commit")
    seconds = time.perf_counter() - started
    con.close()
    return seconds


def make_bodies(events: int, rng: random.Random) -> Iterator[bytes]:
    """Segment batches of track calls over 90 days; each user in one account, one event in ten from a browser."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    weights = [1 / (n + 1) for n in range(len(NAMES))]
    for first in range(0, events, PER_BODY):
        day = start + timedelta(days=90 * first / events)
        batch = []
        for _ in range(PER_BODY):
            user = int(USERS * rng.random() ** 2)
            item = {
                "type": "track",
                "event": rng.choices(NAMES, weights)[0],
                "messageId": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
                "userId": f"user-{user}",
                "timestamp": (day + timedelta(seconds=rng.randrange(3600))).isoformat().replace("+00:00", "Z"),
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
        yield gzip.compress(json.dumps({"batch": batch, "sentAt": day.isoformat()}).encode(), 6)
