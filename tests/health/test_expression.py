import pytest

from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.health.expression import BadExpression, UnknownEvent, parse

EVENTS = {"search": 1, "Report viewed": 2, "quote": 3, "$pageview": 4, "order.paid": 5, 'say "hi"': 6}


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("count(search, 28)", MetricSpec(MetricKind.COUNT, 28, (1,))),
        ('  count( search ,"Report viewed",7 ) ', MetricSpec(MetricKind.COUNT, 7, (1, 2))),
        ("count(28)", MetricSpec(MetricKind.COUNT, 28)),
        ("users('$pageview', 1)", MetricSpec(MetricKind.ACTIVE_USERS, 1, (4,))),
        ("users($pageview, 1)", MetricSpec(MetricKind.ACTIVE_USERS, 1, (4,))),
        (r'users("say \"hi\"", 1)', MetricSpec(MetricKind.ACTIVE_USERS, 1, (6,))),
        ("features(28)", MetricSpec(MetricKind.ACTIVE_FEATURES, 28)),
        ("days_since(search, 90)", MetricSpec(MetricKind.DAYS_SINCE_LAST, 90, (1,))),
        ("sum(quote.event_value, 28)", MetricSpec(MetricKind.PROPERTY_SUM, 28, (3,), property="event_value")),
        ('sum("order.paid"."net amount", 28)', MetricSpec(MetricKind.PROPERTY_SUM, 28, (5,), property="net amount")),
        (
            "value_events_28 / opened_users",
            MetricSpec(MetricKind.RATIO, numerator="value_events_28", denominator="opened_users"),
        ),
    ],
)
def test_it_reads_a_metric(text, spec):
    assert parse(text, EVENTS) == spec


def test_it_leaves_a_metrics_key_as_it_is():
    assert parse(" active_users_28 ", EVENTS) == "active_users_28"


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('plan = "pro"', PropertyFilter("plan", Comparison.IS, "pro")),
        ("plan != pro", PropertyFilter("plan", Comparison.IS_NOT, "pro")),
        ("amount >= -2.5", PropertyFilter("amount", Comparison.AT_LEAST, -2.5)),
        ("trial = true", PropertyFilter("trial", Comparison.IS, True)),
        ("trial = 'true'", PropertyFilter("trial", Comparison.IS, "true")),
        ("path contains '/a'", PropertyFilter("path", Comparison.CONTAINS, "/a")),
        ("plan is set", PropertyFilter("plan", Comparison.SET)),
        ("'my plan' is not set", PropertyFilter("my plan", Comparison.NOT_SET)),
    ],
)
def test_it_reads_tests_on_properties(test, expected):
    assert parse(f"count(search, 28) where {test}", EVENTS).where == (expected,)
    assert parse(f"count(28) where a < 1 and {test}", EVENTS).where[1:] == (expected,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Expected a metric's key"),
        ("count(search 28)", "a comma and the number of days, but found '28)'"),
        ("count(search, 28", "Expected )"),
        ("count(search, 28) or", "nothing more, but found 'or'"),
        ("count(search, 0)", "1 to 400 days"),
        ("count(search, 1.5)", "1 to 400 days"),
        ("count(search, 28, 29)", "Expected )"),
        ("coutn(search, 28)", "There is no coutn()"),
        ("sum(quote, 28)", "a point and the property"),
        ("sum(28)", "one property of one event"),
        ("sum(quote.a, search.b, 28)", "one property of one event"),
        ("count(search, 28) where", "a property's name"),
        ("count(search, 28) where a", "Expected =, !="),
        ("count(search, 28) where a > 'x'", "> compares with a number"),
        ("count(search, 28) where a is empty", "set or not set"),
        ("count('search, 28)", "Cannot read"),
        ("count(search; drop, 28)", "Cannot read"),
        ("breadth depth", "nothing more"),
        ("breadth / (depth)", "a metric's key"),
    ],
)
def test_it_says_what_is_wrong(text, says):
    with pytest.raises(BadExpression, match=says.replace("(", r"\(").replace(")", r"\)")):
        parse(text, EVENTS)


def test_it_refuses_an_event_that_never_arrived():
    with pytest.raises(UnknownEvent, match="Search"):
        parse("count(Search, 28)", EVENTS)
