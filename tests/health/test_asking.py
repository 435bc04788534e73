from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.health.asking import UnknownMetric, ask
from tests.health.company import EXPORT, FIRST, LOGIN, SEARCH, Company, days

pytestmark = pytest.mark.django_db
DAY = FIRST + timedelta(days=29)


@pytest.fixture
def company(store, events) -> Company:
    company = Company(store)
    company.use(1, [1, 2, 3], days(FIRST, 30), (SEARCH, EXPORT, LOGIN))
    company.use(2, [4], days(FIRST, 10), (EXPORT,))
    return company


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("value_events_28", {1: 28 * 6, 2: 8}),
        ("breadth", {1: 1, 2: 1}),
        ("value_events_7 / active_users_28", {1: 14, 2: 0}),
        ("count(search, 7)", {1: 21, 2: 0}),
        ("count(login, 'report exported', 1)", {1: 6, 2: 0}),
        ("users(search, 28)", {1: 3, 2: 0}),
        ("days_since('report exported', 90)", {1: 0, 2: 20}),
        ("sum(search.amount, 2)", {1: 2 * (1 + 2 + 3), 2: 0}),
        ("count(search, 2) where amount >= 2", {1: 4, 2: 0}),
    ],
)
def test_it_answers_a_metric_or_an_expression(store, company, text, expected):
    assert ask(text, DAY, store=store, zone=ZoneInfo("UTC")) == expected


def test_it_names_the_metrics_there_are(store, company):
    with pytest.raises(UnknownMetric, match="breadth, depth"):
        ask("width", DAY, store=store, zone=ZoneInfo("UTC"))
