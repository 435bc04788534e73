from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tenure.web.customers.people import user_page
from tests.web.customers.company import TODAY

ZONE = ZoneInfo("UTC")
ALWAYS = date(2025, 1, 1)


def test_it_lists_the_seen_by_last_day_and_then_those_never_seen(customers):
    page = user_page(customers, 1, ALWAYS, TODAY, ZONE)

    assert (page.total, page.silent) == (16, 2)
    assert [row.last_day is None for row in page.rows] == [False] * 14 + [True] * 2
    days = [row.last_day for row in page.rows[:14]]
    assert days == sorted(days, reverse=True)


def test_it_counts_active_days_and_events_of_28_days(customers):
    row = user_page(customers, 6, ALWAYS, TODAY, ZONE).rows[0]

    since = TODAY - timedelta(days=27)
    mine = [each for each in customers.account_events(6, since, TODAY) if each[1] != 7]
    assert row.events == sum(count for _day, _event, count, _users in mine)
    assert row.active_days == len({day for day, *_rest in mine})
    assert row.identities == ("login-6-1",)


def test_it_pages_from_the_seen_into_the_never_seen(customers):
    first = user_page(customers, 8, ALWAYS, TODAY, ZONE)
    assert first.next_offset is None

    rest = user_page(customers, 8, ALWAYS, TODAY, ZONE, offset=17)
    assert [row.id for row in rest.rows] == [row.id for row in first.rows[17:]]
    assert len(rest.rows) == 3


def test_it_shows_nobody_who_was_linked_after_the_day(customers):
    page = user_page(customers, 5, TODAY - timedelta(days=6), TODAY - timedelta(days=30), ZONE)
    assert page.total == 0
