"""What only ClickHouse has to promise: limits by its settings, versions instead of transactions, Parquet backups."""

import time
from datetime import date, timedelta

import pytest

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.warehouse.clickhouse import ClickHouseStore
from tenure.warehouse.clickhouse.connection import Connection, Limits
from tenure.warehouse.store import Batch, EventFilter, MetricColumn, TooMuchData, WarehouseBusy, WarehouseError
from tests.warehouse.clickhouse_engine import new_store, new_url
from tests.warehouse.clickhouse_events import event_rows, repairing_batch

DAY = date(2026, 2, 1)
EVENTS = MetricColumn(1, "events", MetricSpec(MetricKind.COUNT))


@pytest.fixture(scope="module")
def store():
    """A store with two batches in it, for reading."""
    store = new_store()
    store.set_events([(1, 2, -1), (2, 1, 0), (3, 2, 7)])
    store.append(repairing_batch(1, 80))
    store.append(repairing_batch(2, 80))
    store.set_accounts([(account, f"A{account}", "", date(2026, 1, 1)) for account in (1, 2, 3)])
    store.write_day(DAY, store.measure(DAY, [EVENTS], {}), known=True)
    return store


def test_it_finds_everything_again_after_it_was_opened_again():
    url = new_url()
    first = ClickHouseStore.connect(url)
    first.append(Batch(event_rows(1, 20), position=9))
    first.close()
    again = ClickHouseStore.connect(url)
    assert again.totals().events == 20
    assert again.position() == 9
    assert again.append(Batch(event_rows(1, 20), position=9)).added == 0


def test_it_gives_an_error_rather_than_half_an_answer(store):
    narrow = ClickHouseStore(Connection(store.connection.address, Limits(rows=10)))
    with pytest.raises(TooMuchData):
        narrow.events(EventFilter(), limit=100)
    assert len(narrow.events(EventFilter(), limit=10)) == 10


def test_it_stops_a_read_that_takes_too_long(store):
    hasty = Connection(store.connection.address, Limits(seconds=0.2))
    started = time.monotonic()
    with pytest.raises(WarehouseBusy):
        hasty.rows("SELECT sum(cityHash64(number)) FROM numbers(1000000000000)")
    assert time.monotonic() - started < 10


def test_it_says_where_nobody_answers_without_the_password():
    with pytest.raises(WarehouseError, match=r"clickhouse://127\.0\.0\.1:1") as raised:
        ClickHouseStore.connect("clickhouse://tenure:secret@127.0.0.1:1/x")
    assert "secret" not in str(raised.value)


def test_it_replaces_rows_though_the_clock_was_put_back(monkeypatch):
    url = new_url()
    store = ClickHouseStore.connect(url)
    store.set_accounts([(1, "Before", "", DAY)])
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    later = ClickHouseStore.connect(url)
    later.set_accounts([(1, "After", "", DAY)])
    assert later.connection.rows("SELECT name_sort FROM account FINAL") == [("after",)]


def test_it_restores_into_an_empty_database_what_it_backed_up(store, tmp_path):
    store.backup(tmp_path)
    restored = new_store()
    restored.restore(tmp_path)
    assert restored.position() == store.position()
    assert restored.events(EventFilter(), 1000) == store.events(EventFilter(), 1000)
    assert restored.dirty_days() == store.dirty_days()
    assert restored.day_values(DAY, ["m1"], known=True) == store.day_values(DAY, ["m1"]) != []
    for table in ("event_day", "user_day", "account_user"):
        sql = f"SELECT * EXCEPT (version, gone) FROM {table} FINAL ORDER BY ALL"
        assert restored.connection.rows(sql) == store.connection.rows(sql) != []
    assert restored.check() == []
    with pytest.raises(WarehouseError, match="not empty"):
        restored.restore(tmp_path)


def test_it_finds_a_roll_up_that_disagrees_with_the_events():
    store = new_store()
    store.append(Batch(event_rows(1, 20), position=1))
    assert store.check() == []
    store.connection.insert(
        "event_day", ["account_id", "event_id", "day", "count", "users", "version"], [(9, 9, DAY, 1, 1, 1)]
    )
    assert store.check() == [f"event_day disagrees with the events in 1 rows from {DAY} to {DAY}."]


def test_it_takes_away_the_rows_a_day_has_no_more(store):
    day = DAY + timedelta(days=40)
    rows = store.measure(day, [], {})
    store.write_day(day, rows)
    store.write_day(day, rows.slice(1))
    assert store.day_values(day, ["m77"]) == [(2, None), (3, None)]
