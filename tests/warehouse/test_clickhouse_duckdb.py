"""One rich story, the same on both engines, and every read of both compared. (equality/ tells many, to each alone.)"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tenure.core.metrics import BadRatio, Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import AccountQuery, EventFilter, MetricColumn, Store
from tests.warehouse.clickhouse_engine import new_store
from tests.warehouse.clickhouse_events import repairing_batch

DAY = date(2026, 2, 4)
FIRST = DAY - timedelta(days=8)
WHERE = (PropertyFilter("size", Comparison.AT_LEAST, 2), PropertyFilter("plan", Comparison.IS_NOT, "pro"))
SPECS = {
    "events": MetricSpec(MetricKind.COUNT),
    "events_3": MetricSpec(MetricKind.COUNT, 3, (2, 4)),
    "events_of_size": MetricSpec(MetricKind.COUNT, 7, (1, 2, 3), WHERE),
    "active_users": MetricSpec(MetricKind.ACTIVE_USERS, 5),
    "last_base_event": MetricSpec(MetricKind.DAYS_SINCE_LAST, 30, (2,)),
    "active_features": MetricSpec(MetricKind.ACTIVE_FEATURES, 6),
    "size": MetricSpec(MetricKind.PROPERTY_SUM, 9, property="size"),
    "recency": MetricSpec(MetricKind.DAYS_SINCE_LAST, 30, (3,)),
    "opened_users": MetricSpec(MetricKind.OPENED_USERS, property="seats"),
    "all_features": MetricSpec(MetricKind.ALL_FEATURES),
    "nps": MetricSpec(MetricKind.TRAIT, property="nps"),
    "breadth": MetricSpec(MetricKind.RATIO, numerator="active_users", denominator="opened_users"),
}
METRICS = [MetricColumn(n, key, spec) for n, (key, spec) in enumerate(SPECS.items(), 1)]
COLUMNS = ["health_score", *(f"m{n}" for n in range(1, len(METRICS) + 2))]


def tell(store: Store) -> list[Any]:
    """The story; what its verbs answer."""
    store.set_events([(1, 2, -1), (2, 1, 0), (3, 2, 7), (4, 2, 7)])
    store.set_accounts([(n, f"Account {n % 3}", f"a{n}", FIRST) for n in range(1, 6)])
    told = [store.append(repairing_batch(n)) for n in (1, 2, 2)]
    store.refresh_days(store.dirty_days())
    store.set_excluded_users({3})
    told.append(store.append(repairing_batch(3, 200)))
    told.append(store.dirty_days())
    store.refresh_days(store.dirty_days())
    store.set_events([(2, 2, 8), (4, 0, 0)])
    store.recount_users()
    for back in (2, 1, 0, 0):
        day = DAY - timedelta(days=back)
        store.write_day(day, store.measure(day, METRICS, {"seats": {1: 40.0, 2: 0.0}, "nps": {2: -5.0}}), known=True)
    store.drop_metric(2)
    store.set_merged({3: 1})
    told.append(store.append(repairing_batch(4, 100)))
    store.refresh_days(store.dirty_days())
    told.append(store.measure(DAY, METRICS, {}).to_pylist())
    return told


def everything(store: Store) -> dict[str, Any]:
    span = (FIRST, DAY)
    page = store.events(EventFilter(account_ids=[1, 2], event_ids=[1, 3], first=FIRST), 5)
    after = EventFilter(user_id=2, before=(page[-1].time, page[-1].message_id))
    return {
        "totals": (store.totals().events, store.totals().users, store.totals().accounts, store.totals().last_day),
        "events": (page, store.events(after), store.count_events(after), store.event_totals()),
        "volumes": (store.event_volumes(*span), store.event_volumes(DAY, DAY, [1, 3]), store.event_totals((DAY, DAY))),
        "accounts": [store.account_events(account, *span) for account in range(6)],
        "users": [store.account_users(account, *span, limit=3, offset=1) for account in range(6)],
        "active": [store.active_users(account, [span, (DAY, DAY), (DAY, FIRST)]) for account in range(6)],
        "by_day": [store.active_users_by_day(account, *span) for account in range(6)],
        "days_of_users": [store.user_days(user, *span, [1, 2]) for user in range(6)],
        "opened": [store.opened_users(account, DAY) for account in range(6)],
        "first_days": store.first_days(),
        "closed": store.closed_days(),
        "days": (store.day_values(DAY, COLUMNS), store.day_values(DAY, COLUMNS, known=True)),
        "series": store.account_series([1, 3], COLUMNS, FIRST, DAY, 2),
        "list": store.accounts(AccountQuery(DAY, COLUMNS, "m4", descending=True, search="ACCOUNT", limit=3)),
        "named": store.accounts(AccountQuery(DAY, COLUMNS, visible=[1, 2, 4])),
        "states": store.state_counts(*span),
        "check": store.check(),
    }


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Both engines after the story, each with what its verbs answered."""
    path = Path(tmp_path_factory.mktemp("duckdb")) / "warehouse.duckdb"
    duckdb = DuckDBStore.open(path, memory_limit="300MB")
    clickhouse = new_store()
    yield (duckdb, tell(duckdb)), (clickhouse, tell(clickhouse))
    duckdb.close()


def test_it_says_the_same_as_duckdb(stores):
    (duckdb, told_by_duckdb), (clickhouse, told_by_clickhouse) = stores
    assert told_by_clickhouse == told_by_duckdb
    expected, found = everything(duckdb), everything(clickhouse)
    for name, value in expected.items():
        assert found[name] == value, name
    assert expected["check"] == []


def test_it_finds_the_users_of_named_events_as_duckdb_does(stores):
    named = [MetricColumn(90, "active_users_of", MetricSpec(MetricKind.ACTIVE_USERS, 5, (2,)))]
    (duckdb, _), (clickhouse, _) = stores
    assert duckdb.measure(DAY, named, {}).to_pylist() == clickhouse.measure(DAY, named, {}).to_pylist()


def test_it_refuses_a_ratio_of_itself_as_duckdb_does(stores):
    circle = [
        MetricColumn(91, "chicken", MetricSpec(MetricKind.RATIO, numerator="egg", denominator="egg")),
        MetricColumn(92, "egg", MetricSpec(MetricKind.RATIO, numerator="chicken", denominator="chicken")),
    ]
    for store, _ in stores:
        with pytest.raises(BadRatio, match="'chicken' is made of itself"):
            store.measure(DAY, circle, {})
