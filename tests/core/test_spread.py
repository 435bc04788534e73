"""How values lie over accounts."""

from tenure.core.metrics import MetricKind
from tenure.core.spread import spread_of

VALUES = {1: 4.0, 2: 0.0, 3: None, 4: 2.0, 5: 9.0}


def test_it_counts_those_in_sight_alone():
    found = spread_of(VALUES, {1, 2, 3, 4}, MetricKind.COUNT)
    assert (found.accounts, found.values, found.zeros) == (4, [0.0, 2.0, 4.0], 1)
    assert found.quarters == [0.0, 1.0, 2.0, 3.0, 4.0] and found.top == [(1, 4.0), (4, 2.0), (2, 0.0)]


def test_of_days_since_the_least_come_first_and_nothing_is_nothing():
    assert spread_of(VALUES, None, MetricKind.DAYS_SINCE_LAST).top[0] == (2, 0.0)
    assert spread_of({3: None}, None, MetricKind.COUNT).quarters == []
