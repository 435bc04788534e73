"""Accounts that are no more, taken out of a warehouse."""

from datetime import UTC, datetime

import pyarrow as pa

from tenure.warehouse.schema import FACT
from tenure.warehouse.store import AccountQuery, FactQuery
from tests.warehouse.rows import DAY


def test_it_drops_all_that_is_of_accounts_and_nothing_else(store):
    store.set_accounts([(1, "Acme", "acme", DAY), (2, "Bolt", "bolt", DAY)])
    days = pa.table({"account_id": pa.array([2, 3], pa.uint32()), "health_state": pa.array([1, 1], pa.uint8())})
    store.write_day(DAY, days, known=True)
    said = [(1, 2, "plan", '"pro"', 0, 0, 0, False), (2, 4, "plan", '"pro"', 0, 0, 0, False)]
    columns = zip(*said, strict=True)
    rows = pa.table([pa.array(each, kind.type) for each, kind in zip(columns, FACT, strict=True)], FACT)
    store.set_facts(range(10), rows)
    assert store.listed_accounts() == {1, 2, 3, 4}

    for _again in range(2):
        store.drop_accounts({1, 3, 4})
        assert store.listed_accounts() == {2}
    assert store.accounts(AccountQuery(DAY, ["health_state"])).rows == [(2, 1)]
    assert store.state_counts(DAY, DAY) == [(DAY, 1, 1)]
    assert store.day_values(DAY, ["health_state"], known=True) == [(2, 1)]
    assert store.facts_at(FactQuery(datetime(2026, 3, 1, tzinfo=UTC))) == [(2, "plan", '"pro"')]
