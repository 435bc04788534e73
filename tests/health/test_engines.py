"""Days closed on DuckDB and on ClickHouse: the same events give the same thresholds, numbers and health."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tenure.core.health import HealthState
from tenure.health.close_day import close_day, close_days
from tenure.health.metrics import metrics_in_use
from tenure.health.models import HealthDefinition
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import Store
from tests.health.company import EXPORT, FIRST, LAST, LOGIN, SEARCH, days, ten_accounts
from tests.warehouse.clickhouse_engine import new_store

UTC_ZONE = ZoneInfo("UTC")
BEFORE = LAST - timedelta(days=1)


def closed(store: Store) -> dict[str, object]:
    """What account_day holds after two days were closed, one of them again after late events and an exclusion."""
    company = ten_accounts(store)
    too_young = (20, [2000, 2001], days(LAST - timedelta(days=5), 6), (SEARCH, LOGIN))
    no_value_events = (21, [2100], [FIRST], (LOGIN,))
    company.use_all([too_young, no_value_events])
    close_days(BEFORE, LAST, store=store, zone=UTC_ZONE)
    on_time = _rows(store)
    company.use(1, range(102, 112), [LAST], (EXPORT,))
    store.set_excluded_users({501, 2000})
    close_day(LAST, store=store, zone=UTC_ZONE, known=True)
    [definition] = HealthDefinition.objects.all()
    return {
        "on time": on_time,
        "again": _rows(store),
        "known": _rows(store, known=True),
        "states": store.state_counts(BEFORE, LAST),
        "days": store.closed_days(),
        "thresholds": (definition.document, definition.sample_size),
    }


def _rows(store: Store, known: bool = False) -> list[object]:
    columns = ["health_score", "health_state", *(metric_column(metric.pk) for metric in metrics_in_use().values())]
    return [store.day_values(day, columns, known=known) for day in (BEFORE, LAST)]


@pytest.mark.slow
@pytest.mark.django_db
def test_it_closes_days_alike_on_both_engines(tmp_path):
    duckdb, clickhouse = DuckDBStore.open(tmp_path / "warehouse.duckdb"), new_store()
    try:
        found = []
        for store in (duckdb, clickhouse):
            with transaction.atomic():  # each begins without a definition
                found.append(closed(store))
                transaction.set_rollback(True)
    finally:
        duckdb.close()
        clickhouse.close()
    for name, expected in found[0].items():
        assert found[1][name] == expected, name
    states = {state for _, state, _ in found[0]["states"]}
    assert states == {HealthState.NOT_ENOUGH_DATA, HealthState.AT_RISK, HealthState.AVERAGE, HealthState.HEALTHY}
    assert found[0]["on time"] != found[0]["again"]
