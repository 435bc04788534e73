import pytest

from tenure.core.metrics import BadRatio, MetricKind, MetricSpec, divide, ratios_in_order


def ratio(numerator: str | None, denominator: str | None) -> MetricSpec:
    return MetricSpec(MetricKind.RATIO, numerator=numerator, denominator=denominator)


COUNT = MetricSpec(MetricKind.COUNT)


def test_it_puts_ratios_after_those_they_are_made_of():
    specs = {"third": ratio("second", "first"), "second": ratio("first", "a"), "first": ratio("a", "b")}
    assert ratios_in_order({**specs, "a": COUNT, "b": COUNT}) == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("specs", "says"),
    [
        ({"one": ratio("one", "a")}, "'one' is made of itself: one / one"),
        ({"one": ratio("a", "two"), "two": ratio("one", "a")}, "'one' is made of itself: one / two / one"),
        ({"one": ratio("two", "a"), "two": ratio("a", "two")}, "'two' is made of itself: one / two / two"),
        ({"one": ratio("a", "missing")}, "needs metric 'missing', which is not measured"),
        ({"one": ratio("a", None)}, "needs metric None"),
    ],
)
def test_it_refuses_a_ratio_that_cannot_be_worked_out(specs, says):
    with pytest.raises(BadRatio, match=says):
        ratios_in_order({"a": COUNT, **specs})


def test_it_divides_where_both_have_a_value_and_not_by_nothing():
    assert divide({1: 3.0, 2: 1.0, 3: 1.0, 4: 0.0}, {1: 4.0, 2: 0.0, 4: 2.0, 5: 1.0}) == {1: 0.75, 4: 0.0}
