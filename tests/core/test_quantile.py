import pytest

from tenure.core.quantile import coverage, estimate, interval_ranks, quantile


@pytest.mark.parametrize(
    ("share", "value"), [(0, 1), (0.05, 1.15), (0.25, 1.75), (0.5, 2.5), (0.75, 3.25), (0.95, 3.85), (1, 4)]
)
def test_it_is_hyndman_fan_type_7(share, value):
    # R: quantile(1:4, c(0, .05, .25, .5, .75, .95, 1), type = 7)
    assert quantile([1, 2, 3, 4], share) == pytest.approx(value)


def test_it_is_the_value_itself_in_a_sample_of_one():
    assert quantile([7], 0.25) == 7


@pytest.mark.parametrize(("ordered", "share"), [([], 0.5), ([1], 1.5)])
def test_it_refuses_what_has_no_quantile(ordered, share):
    with pytest.raises(ValueError, match="quantile"):
        quantile(ordered, share)


def test_it_knows_how_often_order_statistics_hold_the_median():
    # real-statistics.com, "Confidence Intervals for Order Statistics": 35 values, between the 17th and the 19th
    assert coverage(35, 0.5, 17, 19) == pytest.approx(0.264121, abs=1e-6)


@pytest.mark.parametrize(
    ("size", "ranks", "exact"), [(6, (1, 6), 0.96875), (10, (2, 9), 0.978515625), (20, (6, 15), 0.958610534667969)]
)
def test_it_bounds_the_median_as_the_sign_test_does(size, ranks, exact):
    # the tabulated 95 % intervals of the median that invert the sign test (binomial, p = 1/2)
    assert interval_ranks(size, 0.5) == ranks
    assert coverage(size, 0.5, *ranks) == pytest.approx(exact)


@pytest.mark.parametrize("size", [10, 14, 24, 200, 5000])
@pytest.mark.parametrize("share", [0.05, 0.25, 0.75, 0.95])
def test_it_keeps_its_promise_and_is_not_wider_than_needed(size, share):
    low, high = interval_ranks(size, share)
    if low and high:
        assert coverage(size, share, low, high) >= 0.95
        assert coverage(size, share, low + 1, high) < 0.95 or coverage(size, share, low, high - 1) < 0.975


def test_it_says_so_when_a_sample_is_too_small_to_bound_a_side():
    assert interval_ranks(5, 0.5) == (None, None)
    found = estimate([1, 2, 3, 4, 5, 6], 0.25)
    assert (found.value, found.low, found.size) == (2.25, None, 6)
