"""Metrics where the input is odd, on every engine."""

import pytest

from tenure.core.metrics import BadRatio, Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.warehouse.store import AccountQuery, Batch, EventFilter, MetricColumn
from tests.warehouse.rows import DAY, event, rows


def measure_one(store, spec: MetricSpec) -> object:
    return store.measure(DAY, [MetricColumn(1, "one", spec)], {})["m1"].to_pylist()[0]


@pytest.fixture
def with_properties(store):
    texts = [
        '{"size": 2}',
        '{"size": "2"}',
        '{"size": true}',
        '{"size": 1e999}',
        '{"size": "\\ud800"}',
        "nonsense",
        "[1]",
    ]
    store.set_events([(1, 2, 1)])
    store.set_accounts([(1, "Acme", "acme", DAY)])
    store.append(Batch(rows(*(event(n, properties=text) for n, text in enumerate(texts))), 1))
    return store


def test_it_sums_only_numbers_and_lives_with_what_it_cannot_read(with_properties):
    assert measure_one(with_properties, MetricSpec(MetricKind.PROPERTY_SUM, property="size")) == 2.0


@pytest.mark.parametrize(
    ("comparison", "value", "count"),
    [
        (Comparison.IS, 2, 1),
        (Comparison.IS, "2", 1),
        (Comparison.IS, "true", 1),
        (Comparison.AT_LEAST, 2, 1),
        (Comparison.AT_LEAST, "2", 0),
        (Comparison.IS_NOT, 2, 6),
        (Comparison.IS, "' or true --", 0),
    ],
)
def test_it_compares_like_with_like(with_properties, comparison, value, count):
    where = (PropertyFilter("size", comparison, value),)
    assert measure_one(with_properties, MetricSpec(MetricKind.COUNT, where=where)) == count


def test_it_takes_no_property_name_for_a_path_or_sql(with_properties):
    for name in ("$.size", "size/0", "'; drop table event; --", "*", ""):
        assert measure_one(with_properties, MetricSpec(MetricKind.PROPERTY_SUM, property=name)) == 0
    assert with_properties.totals().events == 7


def test_it_refuses_a_ratio_of_what_is_not_measured(store):
    with pytest.raises(BadRatio, match="missing"):
        measure_one(store, MetricSpec(MetricKind.RATIO, numerator="missing", denominator="one"))


def test_it_refuses_columns_that_are_none(store):
    with pytest.raises(ValueError, match="day; drop"):
        store.day_values(DAY, ["day; drop table event"])
    with pytest.raises(ValueError, match="m1x"):
        store.accounts(AccountQuery(DAY, [], order_by="m1x"))


def test_it_takes_ten_thousand_ids(store):
    store.append(Batch(rows(event(1, account=9_999), event(2, account=20_000)), 1))
    assert store.count_events(EventFilter(account_ids=range(1, 10_001))) == 1
    assert store.accounts(AccountQuery(DAY, [], visible=range(1, 10_001))).total == 0
