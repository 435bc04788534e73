import pytest

from tenure.core.calibration import EmptySample, calibrate, provisional, thresholds
from tenure.core.health import Definition, Direction, HealthState, Part, Thresholds, score_account


def test_it_takes_quantiles_of_the_sample():
    limits, sample = thresholds([*range(1, 102), None])
    assert limits == Thresholds(6, 26, 76, 96)
    assert sample.size == 101
    # binomial(101, 1/4): P(B <= 16) = 0.0207, P(B <= 17) = 0.0362; P(B >= 35) = 0.0204, P(B >= 34) = 0.0334
    assert sample.at_risk == (17, 35)


def test_it_mirrors_where_less_is_better():
    values = [0, 1, 1, 2, 5, 9, 20, 40]
    less, less_sample = thresholds(values, Direction.LESS)
    more, more_sample = thresholds([-value for value in values])
    mirrored = [-more.worst, -more.at_risk, -more.healthy, -more.best]
    assert [less.worst, less.at_risk, less.healthy, less.best] == pytest.approx(mirrored)
    assert less_sample.at_risk == tuple(None if side is None else -side for side in reversed(more_sample.at_risk))


def test_it_is_never_stricter_than_the_tolerance():
    part = Part("silence", 1, Direction.LESS, tolerance=Thresholds(28, 14, 7, 3))
    busy = calibrate(Definition((part,)), {"silence": [0, 0, 0, 1, 1, 2]}).parts[0]
    assert busy.thresholds == Thresholds(28, 14, 7, 3)
    slow = calibrate(Definition((part,)), {"silence": [10, 20, 40, 60, 80]}).parts[0]
    assert slow.thresholds == Thresholds(76, 60, 20, 12)


def test_it_puts_the_quartiles_of_the_sample_on_the_edges():
    definition = calibrate(Definition((Part("a", 2), Part("b", 1))), {"a": range(9), "b": range(0, 90, 10)})
    assert score_account({"a": 2, "b": 20}, definition).score == 40
    assert score_account({"a": 6, "b": 60}, definition).state is HealthState.HEALTHY


def test_it_names_the_metric_nobody_has():
    with pytest.raises(EmptySample, match="depth"):
        calibrate(Definition((Part("depth", 1),)), {"depth": [None, None]})


def test_it_is_provisional_without_twenty_renewed_accounts():
    assert provisional(19, renewed=True)
    assert not provisional(20, renewed=True)
    assert provisional(500, renewed=False)
