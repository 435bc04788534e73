"""A loader killed between any two statements, or in the middle of one, and started again."""

import re
from typing import Any

import pytest

from tenure.warehouse.clickhouse import ClickHouseStore
from tenure.warehouse.store import Batch, WarehouseError
from tests.warehouse.clickhouse_engine import new_store
from tests.warehouse.clickhouse_events import event_rows, repairing_batch

EVENTS = ((1, 2, -1), (2, 1, 0), (3, 2, 7))
KEPT = ("affected", "touched", "event", "event_day", "user_day", "account_user", "dirty_day", "load")
FIRST_MONTH = "toYYYYMM(day) = 202601"


class DyingClient:
    """A client whose connection breaks off after the n-th write into a table that outlives the append.

    With `torn`, the last write reaches only one of the two months: ClickHouse commits a part at a time.
    """

    def __init__(self, client: Any, last: int, torn: bool) -> None:
        self.client, self.last, self.torn = client, last, torn
        self.writes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def command(self, sql: str, **given: Any) -> Any:
        dying = self._counts(sql)
        if dying and self.torn:
            sql = re.sub(r"FROM (fresh|moved)\b", rf"FROM (SELECT * FROM \1 WHERE {FIRST_MONTH}) AS \1", sql)
            sql = sql.replace("WHERE (now_count", f"WHERE {FIRST_MONTH} AND (now_count")
        self.client.command(sql, **given)
        self._die(dying)

    def insert(self, table: str, rows: Any, **given: Any) -> Any:
        dying = self._counts(f"INSERT INTO {table} ")
        self.client.insert(table, rows, **given)
        self._die(dying)

    def _counts(self, sql: str) -> bool:
        found = re.match(r"\s*INSERT INTO (\w+) ", sql)
        if found and found[1] in KEPT:
            self.writes += 1
        return self.writes == self.last

    def _die(self, dying: bool) -> None:
        if dying:
            raise ConnectionError("killed")


def contents(store: ClickHouseStore) -> dict[str, list[tuple[Any, ...]]]:
    """All that the warehouse says, apart from counters of the loader."""
    columns = {
        "event": "message_id, account_id, user_id, day",
        "event_day": "account_id, event_id, day, count, users",
        "user_day": "account_id, user_id, day, count, value_count",
        "account_user": "account_id, user_id, linked, first_day",
        "dirty_day": "day",
    }
    return {
        table: store.connection.rows(f"SELECT {names} FROM {table} FINAL ORDER BY {names}")
        for table, names in columns.items()
    }


def append_dying(store: ClickHouseStore, batch: Batch, last: int, torn: bool) -> bool:
    """Whether the append was cut off: False when it makes fewer writes than that."""
    alive = store.connection.writer
    store.connection.writer = DyingClient(alive, last, torn)
    try:
        store.append(batch)
    except WarehouseError:
        return True
    finally:
        store.connection.writer = alive
    return False


def both_stores() -> tuple[ClickHouseStore, ClickHouseStore]:
    """One whose loader is killed and one whose loader never is, with events in them that a batch repairs."""
    stores = new_store(), new_store()
    for store in stores:
        store.set_events(EVENTS)
        store.append(repairing_batch(0))
    return stores


def replay(cut: ClickHouseStore, calm: ClickHouseStore, batch: Batch) -> None:
    """Appends the batch again where it was cut off, and compares with the loader that was not."""
    cut.append(batch)
    calm.append(batch)
    assert contents(cut) == contents(calm)
    assert cut.position() == calm.position() == batch.position
    for store in (cut, calm):
        store.connection.write("TRUNCATE TABLE dirty_day")  # so that days forgotten in the next round are missed


@pytest.mark.parametrize("last", [2, 3], ids=["after the events", "between the roll-ups"])
def test_it_finishes_an_append_that_was_cut_off(last):
    cut, calm = both_stores()
    batch = Batch(event_rows(1, 40), position=1)
    assert append_dying(cut, batch, last, torn=False)
    assert cut.position() == 0
    replay(cut, calm, batch)
    assert cut.check() == []


@pytest.mark.slow
@pytest.mark.parametrize("torn", [False, True], ids=["whole", "torn"])
def test_it_ends_the_same_wherever_the_append_was_cut_off(torn):
    cut, calm = both_stores()
    last = 1
    while append_dying(cut, repairing_batch(last), last, torn):
        replay(cut, calm, repairing_batch(last))
        last += 1
    assert last > 8, "fewer writes than an append makes"
    assert cut.check() == []
