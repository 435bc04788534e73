"""What lists show is held in memory and follows every change."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import AccountQuery

DAY = date(2026, 6, 30)


@pytest.fixture
def store(tmp_path):
    store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    store.set_accounts([(1, "Abel", "a", DAY), (2, "Birch", "b", DAY), (3, "Cable", "c", DAY)])
    _write(store, DAY, {1: 10.0, 2: 20.0, 3: 30.0})
    yield store
    store.close()


def _write(store, day, values):
    columns = [pa.array(list(values), pa.uint32()), pa.array(list(values.values()), pa.float64())]
    store.write_day(day, pa.table(columns, ["account_id", "m1"]))


def _page(store, **asked):
    page = store.accounts(AccountQuery(DAY, ("m1",), order_by="m1", descending=True, **asked))
    return page.total, page.rows


def test_a_page_follows_a_day_written_again(store):
    assert _page(store, limit=2) == (3, [(3, 30.0), (2, 20.0)])
    _write(store, DAY, {1: 40.0, 2: 20.0})
    assert _page(store, limit=2) == (2, [(1, 40.0), (2, 20.0)])


def test_a_page_follows_names_metrics_and_merges(store):
    _page(store)
    store.set_accounts([(1, "Zeta", "z", DAY), (2, "Birch", "b", DAY), (3, "Cable", "c", DAY)])
    assert _page(store, search="zeta") == (1, [(1, 10.0)])
    store.set_merged({3: 1})
    assert _page(store) == (2, [(2, 20.0), (1, 10.0)])
    store.drop_metric(1)
    assert _page(store) == (2, [(2, None), (1, None)])


def test_a_series_by_steps_is_that_of_single_days(store):
    for ago in range(1, 15):
        _write(store, DAY - timedelta(days=ago), {1: float(ago), 2: float(-ago)})
    first = DAY - timedelta(days=14)
    every = store.account_series([2, 1], ["m1"], first, DAY)
    weekly = store.account_series([2, 1], ["m1"], first, DAY, step_days=7)
    assert weekly == [row for row in every if (DAY - row[1]).days % 7 == 0]
    assert len(weekly) == 6
