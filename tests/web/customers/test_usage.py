from datetime import date, timedelta

from tenure.core.change import NoChange
from tenure.events.features import features_of_events
from tenure.web.customers.feature_use import feature_use, first_monday
from tenure.web.customers.usage import usage
from tests.web.customers.company import TODAY


def test_it_counts_value_events_over_a_day_a_week_and_28_days(customers):
    rows = {row.key: row for row in usage(customers, 1, TODAY, date(2025, 1, 1), features_of_events())}

    counted = {days: _value_events(customers, 1, days) for days in (1, 7, 28)}
    assert {period.days: period.value for period in rows["value_events"].periods} == counted
    assert rows["active_users"].periods[2].value == 14
    assert rows["active_features"].periods[2].value == 4  # three features, and the alert that is one of its own


def test_it_compares_with_as_many_days_before(customers):
    events = usage(customers, 3, TODAY, date(2025, 1, 1), features_of_events())[0].periods[2]

    before = _value_events(customers, 3, 56) - _value_events(customers, 3, 28)
    assert events.before.base == before
    assert events.before.change == (events.value - before) / before
    assert events.before.change < -0.5


def test_it_has_no_base_before_the_account_began(customers):
    events = usage(customers, 5, TODAY, TODAY - timedelta(days=6), features_of_events())[0].periods

    assert [period.before.why_none for period in events] == [None, NoChange.NO_BASE, NoChange.NO_BASE]
    assert events[2].year.why_none == NoChange.NO_BASE
    assert events[2].value > 0


def test_it_shows_features_by_week_and_names_the_unused(customers):
    totals = customers.account_events(7, first_monday(TODAY), TODAY)
    use = feature_use(totals, features_of_events(), TODAY)

    assert [row.name for row in use.rows] == ["Reports"]
    assert use.rows[0].total == sum(count for _day, event, count, _users in totals if event == 1)
    assert use.unused == ("API", "Alert Created", "Dashboards")
    assert use.weeks[-1] <= TODAY < use.weeks[-1] + timedelta(days=7)
    assert {week.weekday() for week in use.weeks} == {0}


def _value_events(store, account, days):
    first = TODAY - timedelta(days=days - 1)
    return sum(count for _day, event, count, _users in store.account_events(account, first, TODAY) if event <= 5)
