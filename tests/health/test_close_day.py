from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account
from tenure.core.health import HealthState
from tenure.health.close_day import close_day, close_days
from tenure.health.explain import explain
from tenure.health.metrics import metrics_in_use
from tenure.health.models import HealthDefinition
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.warehouse.schema import HEALTH_COLUMNS, metric_column
from tests.health.company import COUNT, EXPORT, FIRST, LAST, LOGIN, SEARCH, Company, days

UTC_ZONE = ZoneInfo("UTC")

pytestmark = pytest.mark.django_db


def rows(store, day, **rest):
    columns = [*HEALTH_COLUMNS, *(metric_column(metric.pk) for metric in metrics_in_use().values())]
    return store.day_values(day, columns, **rest)


def test_it_turns_events_into_every_accounts_numbers(store):
    company = Company(store)
    company.use(1, [11, 12, 13], [FIRST])
    company.use(1, [11, 12], days(FIRST + timedelta(days=1), 29), (SEARCH, EXPORT, LOGIN))
    company.use(2, [21], [FIRST], (LOGIN,))
    company.use(3, [31], [FIRST + timedelta(days=60)])
    day = FIRST + timedelta(days=40)

    closed = close_day(day, store=store, zone=UTC_ZONE)

    assert (closed.accounts, closed.scored, closed.health_version) == (2, 0, None)
    found = explain(day, store)
    # days 14 to 40 of the window of 28 hold use on days 13 to 29 (day 0 is FIRST): 17 days, 2 users, 2 value events
    assert found[1].values == {
        "value_events_1": 0,
        "value_events_7": 0,
        "value_events_28": 17 * 2 * 2,
        "active_users_1": 0,
        "active_users_7": 0,
        "active_users_28": 2,
        "active_features_28": 2,
        "opened_users": 3,
        "all_features": 2,
        "breadth": pytest.approx(2 / 3),
        "depth": 1,
        "value_events_per_user": pytest.approx(17 * 2 * 2 / 3),
        "days_since_last": 11,
    }
    assert found[2].values["value_events_28"] == 0
    assert found[2].values["days_since_last"] == 90
    assert found[2].score is None


def test_it_closes_a_day_again_without_changing_it(company):
    store = company.store
    close_day(LAST, store=store, zone=UTC_ZONE)
    first = rows(store, LAST)
    close_day(LAST, store=store, zone=UTC_ZONE)
    assert rows(store, LAST) == first
    assert store.closed_days() == (LAST, LAST)


def test_it_scores_accounts_by_thresholds_of_those_in_use(company):
    store = company.store
    closed = close_day(LAST, store=store, zone=UTC_ZONE)
    definition = HealthDefinition.objects.get()
    assert (closed.scored, closed.health_version) == (10, definition.pk)
    assert (definition.sample_size, definition.provisional, definition.valid_from) == (10, True, None)
    found = explain(LAST, store)
    assert found[10].score.state is HealthState.HEALTHY
    assert found[10].score.score > found[1].score.score
    for each in found.values():
        assert sum(part.contribution for part in each.score.parts) == pytest.approx(each.score.score)


def test_it_gives_the_same_score_to_accounts_that_differ_in_size_only(company):
    store = company.store
    company.use(50, range(5000, 5004), days(FIRST, COUNT), (SEARCH, EXPORT))
    company.use(51, range(5100, 5180), days(FIRST, COUNT), (SEARCH, EXPORT))
    close_day(LAST, store=store, zone=UTC_ZONE)
    found = explain(LAST, store)
    assert found[50].score.score == found[51].score.score


def test_it_waits_for_five_accounts_in_use_and_known_for_28_days(store):
    company = Company(store)
    for n in range(1, 5):
        company.use(n, [n], days(FIRST, COUNT))
    company.use(5, [5], days(FIRST, 15))  # left
    company.use(6, [6], days(LAST - timedelta(days=20), 21))  # new
    close_day(LAST, store=store, zone=UTC_ZONE)
    assert set(store.state_counts(LAST, LAST)) == {(LAST, HealthState.NOT_ENOUGH_DATA, 6)}
    company.use(7, [7], days(FIRST, COUNT))
    close_day(LAST, store=store, zone=UTC_ZONE)
    assert HealthDefinition.objects.get().sample_size == 5


def test_it_does_not_judge_accounts_in_their_first_two_weeks(company):
    store = company.store
    company.use(20, [1, 2], days(LAST - timedelta(days=13), 14))
    close_days(LAST - timedelta(days=1), LAST, store=store, zone=UTC_ZONE)
    before, after = (explain(day, store, [20])[20].score for day in (LAST - timedelta(days=1), LAST))
    assert (before.score, before.no_score) == (None, "too young")
    assert after.score is None
    company.use(20, [1], [LAST + timedelta(days=1)])
    close_day(LAST + timedelta(days=1), store=store, zone=UTC_ZONE)
    assert explain(LAST + timedelta(days=1), store, [20])[20].score.score is not None


def test_it_calls_an_account_that_fell_silent_at_risk(company):
    store = company.store
    company.use(30, range(300, 310), days(FIRST, 14), (SEARCH, EXPORT))
    close_day(LAST, store=store, zone=UTC_ZONE)
    score = explain(LAST, store, [30])[30].score
    assert (score.score, score.state) == (0, HealthState.AT_RISK)


def test_it_scores_all_of_the_past_with_the_first_thresholds_and_names_them(company):
    store = company.store
    told = []
    closed = close_days(
        FIRST, LAST, store=store, zone=UTC_ZONE, progress=lambda done, total: told.append((done, total))
    )
    assert closed == COUNT
    assert told == [(n, COUNT) for n in range(1, COUNT + 1)]
    version = HealthDefinition.objects.get().pk
    for day in (FIRST, FIRST + timedelta(days=40), LAST):
        assert {row[3] for row in rows(store, day)} == {version}
    states = {account: state for account, _score, state, *_rest in rows(store, FIRST + timedelta(days=40))}
    assert (states[1], states[10]) == (HealthState.AT_RISK, HealthState.HEALTHY)


def test_it_keeps_a_day_as_it_was_known_when_it_was_closed_on_time(company):
    store = company.store
    close_day(LAST, store=store, zone=UTC_ZONE, known=True)
    first = rows(store, LAST)
    company.use(1, range(100, 102), [LAST], (EXPORT,))
    close_day(LAST, store=store, zone=UTC_ZONE, known=True)
    assert rows(store, LAST) != first
    assert rows(store, LAST, known=True) == first


def test_it_counts_opened_users_as_the_customers_system_knew_them_on_the_day(store):
    company = Company(store)
    company.use(1, [1, 2], days(FIRST, 40))
    Account.objects.create(pk=1, external_id="a1")
    for day, opened in [(FIRST, 8), (FIRST + timedelta(days=30), 20)]:
        at = to_us(clock.now().replace(year=day.year, month=day.month, day=day.day))
        record_facts([Said(1, at, {"opened_accounts": opened})], "test", clock.now())
    for number, breadth in [(29, 2 / 8), (30, 2 / 20)]:
        day = FIRST + timedelta(days=number)
        close_day(day, store=store, zone=UTC_ZONE)
        assert explain(day, store)[1].values["breadth"] == pytest.approx(breadth)
