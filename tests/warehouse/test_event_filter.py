"""None is no limit, and an empty list of ids is nothing: a member who may see no account sees no event."""

import pytest

from tenure.warehouse.store import Batch, EventFilter
from tests.warehouse.rows import event, rows


@pytest.fixture
def filled(store):
    store.append(Batch(rows(event(1, account=1, event_id=1), event(2, account=2, event_id=2)), 1))
    return store


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        (EventFilter(), 2),
        (EventFilter(account_ids=[]), 0),
        (EventFilter(event_ids=[]), 0),
        (EventFilter(account_ids=frozenset(), user_id=1), 0),
        (EventFilter(account_ids=[2]), 1),
        (EventFilter(account_ids=[2], event_ids=[1]), 0),
    ],
    ids=str,
)
def test_it_tells_no_limit_from_no_ids(filled, filter, found):
    assert len(filled.events(filter)) == found
    assert filled.count_events(filter) == found


def test_it_takes_ten_thousand_ids(filled):
    assert filled.count_events(EventFilter(account_ids=range(2, 10_002))) == 1
