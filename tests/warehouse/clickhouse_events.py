"""Batches of made-up events, the same for the same seed."""

import random
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from tenure.warehouse.schema import EVENT
from tenure.warehouse.store import Batch, Reassign, Relink

START = datetime(2026, 1, 25, tzinfo=UTC)
PROPERTIES = ('{"size": 2, "plan": "pro"}', '{"size": 3.5}', '{"size": "3", "plan": true}', "{}")
SPAN_DAYS = 12  # two months, so that one statement writes into two partitions


def event_rows(seed: int, count: int) -> pa.Table:
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        time = START + timedelta(minutes=rng.randrange(SPAN_DAYS * 1440))
        rows.append(
            {
                "message_id": rng.randbytes(16),
                "account_id": rng.randrange(4),
                "user_id": rng.randrange(6),
                "identity_id": rng.randrange(8),
                "event_id": rng.randrange(1, 5),
                "time": time.replace(tzinfo=None),
                "day": time.date(),
                "received_at": time.replace(tzinfo=None),
                "explicit": rng.random() < 0.3,
                "properties": rng.choice(PROPERTIES),
            }
        )
    return pa.Table.from_pylist(rows, schema=EVENT)


def repairing_batch(seed: int, count: int = 60) -> Batch:
    """Rows with links, reassigned identities and relinked users."""
    rng = random.Random(seed)
    return Batch(
        event_rows(seed, count),
        position=seed,
        links=[(rng.randrange(1, 5), rng.randrange(1, 6), date(2026, 1, rng.randrange(1, 29)))],
        reassigns=[Reassign(rng.randrange(1, 8), rng.randrange(1, 6))],
        relinks=[
            Relink(rng.randrange(1, 6), rng.randrange(5)),
            Relink(rng.randrange(1, 6), rng.randrange(5), START + timedelta(days=rng.randrange(SPAN_DAYS))),
        ],
    )
