"""Reads are bounded and go on beside writes; a backup taken meanwhile is whole."""

import threading

import pytest

from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Batch, EventFilter, TooMuchData, WarehouseBusy, WarehouseError
from tests.warehouse.rows import DAY, event, rows

ENDLESS = "select sum(a.range * b.range) from range(3000000) a, range(3000000) b"


@pytest.fixture
def open_store(tmp_path):
    stores = []

    def open_with(**limits) -> DuckDBStore:
        stores.append(DuckDBStore.open(tmp_path / f"{len(stores)}.duckdb", **limits))
        return stores[-1]

    yield open_with
    for store in stores:
        store.close()


def test_it_stops_a_read_that_takes_too_long_and_goes_on(open_store):
    store = open_store(read_seconds=0.2)
    with pytest.raises(WarehouseBusy, match=r"0\.2 seconds"):
        store.read(ENDLESS)
    assert store.position() == 0


def test_it_gives_no_half_answers(open_store):
    store = open_store(read_rows=3)
    store.append(Batch(rows(*(event(n, event_id=n) for n in range(1, 5))), 1))
    with pytest.raises(TooMuchData, match="3 rows"):
        store.account_events(1, DAY, DAY)
    assert len(store.account_events(1, DAY, DAY.replace(day=4))) == 0
    assert len(store.events(EventFilter(), limit=4)) == 4


def test_it_reads_what_was_committed_while_batches_come_in(open_store, tmp_path):
    store = open_store()
    store.set_events([(1, 2, 1)])
    wrong: list[object] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            events, days = store.totals().events, store.event_totals()
            counted = sum(total.count for total in days)
            if events % 20 or counted % 20 or counted < events:
                wrong.append((events, counted))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for position in range(1, 15):
        store.append(Batch(rows(*(event(position * 100 + n, user=n + 1) for n in range(20))), position))
    store.backup(tmp_path / "backup")
    done.set()
    for reader in readers:
        reader.join()

    assert wrong == []
    copy = DuckDBStore.open(tmp_path / "backup" / "0.duckdb")
    assert (copy.totals().events, copy.position(), copy.check()) == (280, 14, [])
    copy.close()
    with pytest.raises(WarehouseError, match="not empty"):
        store.backup(tmp_path / "backup")


def test_it_takes_back_a_batch_that_fails(open_store):
    store = open_store()
    broken = Batch(rows(event(1)), 1, links=[(-1, 1, DAY)])  # found only after the events are in
    with pytest.raises(Exception, match="negative"):
        store.append(broken)
    assert (store.totals().events, store.position(), store.dirty_days()) == (0, 0, [])
    assert store.append(Batch(rows(event(1)), 2)).added == 1


def test_it_finds_roll_ups_that_disagree_with_events(open_store):
    store = open_store()
    store.set_events([(1, 2, 1)])
    store.append(Batch(rows(event(1)), 1))
    with store.writing() as transaction:
        for table in ("event_day", "user_day"):
            transaction.execute(f"update {table} set count = 7")
        transaction.execute("delete from account_user")
    assert [problem.split()[0] for problem in store.check()] == ["event_day", "user_day", "account_user"]
