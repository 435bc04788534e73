import pytest

from tenure.web.customers.stream import BadKey, read_key, stream_page
from tests.web.customers.company import TODAY


def test_it_pages_by_key_without_a_gap_or_a_double(customers):
    first = stream_page(customers, 1, TODAY, event_id=None, user_id=None)
    second = stream_page(customers, 1, TODAY, event_id=None, user_id=None, key=first.next_key)

    times = [row.time for row in (*first.rows, *second.rows)]
    assert len(times) == 60
    assert times == sorted(times, reverse=True)
    assert not {(row.time, row.user_id, row.event) for row in first.rows} & {
        (row.time, row.user_id, row.event) for row in second.rows
    }


def test_it_filters_by_event_and_user(customers):
    page = stream_page(customers, 1, TODAY, event_id=1, user_id=101)

    assert page.rows
    assert {(row.event, row.user) for row in page.rows} == {("Report Viewed", "User 1-1")}


def test_it_reads_properties_in_the_order_sent(customers):
    row = stream_page(customers, 1, TODAY, event_id=1, user_id=None).rows[0]

    assert [name for name, _text in row.properties] == ["plan", "seconds", "tags"]
    assert row.properties[2][1] == '["a", "b"]'


@pytest.mark.parametrize("key", ["20260101T000000.000000-ab", "x", "20260101T000000.000000-zz", "-"])
def test_it_refuses_a_key_it_did_not_make(key):
    with pytest.raises(BadKey):
        read_key(key)
