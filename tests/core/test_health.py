from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.core.calibration import thresholds
from tenure.core.change import total, window
from tenure.core.health import (
    Definition,
    Direction,
    HealthState,
    NoScore,
    NotCalibrated,
    Part,
    Thresholds,
    bare_score,
    part_score,
    score_account,
    state_of,
)
from tests.core import cs_core_sample

USE = Part("use", 30, thresholds=Thresholds(0, 10, 20, 50))
BREADTH = Part("breadth", 50, thresholds=Thresholds(0.1, 0.3, 0.6, 0.9))
SILENCE = Part("silence", 20, Direction.LESS, thresholds=Thresholds(28, 14, 7, 3))
DEFINITION = Definition((USE, BREADTH, SILENCE))


@pytest.mark.parametrize("day", ["2025-06-30", "2026-06-30"])
def test_it_agrees_with_the_sample_company(day):
    expected = cs_core_sample.expected()["health"][day]
    values = {
        account: total(cs_core_sample.queries()[account], window(date.fromisoformat(day), 30))
        for account in expected["values"]
    }
    assert values == expected["values"]

    renewed = cs_core_sample.renewed_by(date.fromisoformat(day))
    limits, sample = thresholds(value for account, value in values.items() if account in renewed)
    assert [limits.at_risk, limits.healthy] == expected["thresholds"]["linear"]
    assert sample.size == expected["renewed_sample"]

    definition = Definition((Part("queries_30", 1, thresholds=limits),))
    states = [score_account({"queries_30": value}, definition).state for value in values.values()]
    counts = [states.count(state) for state in (HealthState.AT_RISK, HealthState.AVERAGE, HealthState.HEALTHY)]
    assert counts == list(expected["counts"]["linear"].values())


@pytest.mark.parametrize(
    ("value", "score"), [(-5, 0), (0, 0), (5, 20), (10, 40), (15, 55), (20, 70), (35, 85), (50, 100), (500, 100)]
)
def test_it_scores_a_metric_linearly_between_its_thresholds(value, score):
    assert part_score(value, USE.thresholds, Direction.MORE) == score


@pytest.mark.parametrize(
    ("value", "score"), [(0, 100), (3, 100), (5, 85), (7, 70), (14, 40), (21, 20), (28, 0), (90, 0)]
)
def test_it_turns_round_where_less_is_better(value, score):
    assert part_score(value, SILENCE.thresholds, Direction.LESS) == score


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=4).map(sorted),
    st.floats(-2e6, 2e6),
    st.floats(-2e6, 2e6),
)
def test_it_never_scores_more_of_a_good_thing_lower(limits, one, other):
    low, high = sorted([one, other])
    less, more = (part_score(each, Thresholds(*limits), Direction.MORE) for each in (low, high))
    assert 0 <= less <= more <= 100


def test_it_gives_the_better_side_where_thresholds_coincide():
    same = Thresholds(5, 5, 5, 5)
    assert (part_score(5, same, Direction.MORE), part_score(4.9, same, Direction.MORE)) == (100, 0)


def test_it_adds_weighted_part_scores():
    score = score_account({"use": 15, "breadth": 0.6, "silence": 14}, DEFINITION)
    assert [part.score for part in score.parts] == [55, 70, 40]
    assert [part.contribution for part in score.parts] == [16.5, 35, 8]
    assert (score.score, score.state) == (59.5, HealthState.AVERAGE)


@pytest.mark.parametrize(
    ("values", "score", "state"),
    [
        ({"use": 10, "breadth": 0.3, "silence": 14}, 40, HealthState.AVERAGE),
        ({"use": 9.99, "breadth": 0.3, "silence": 14}, pytest.approx(39.988), HealthState.AT_RISK),
        ({"use": 20, "breadth": 0.6, "silence": 7}, 70, HealthState.HEALTHY),
        ({"use": 19.99, "breadth": 0.6, "silence": 7}, pytest.approx(69.991), HealthState.AVERAGE),
    ],
)
def test_it_puts_an_edge_on_the_better_side(values, score, state):
    assert (score_account(values, DEFINITION).score, score_account(values, DEFINITION).state) == (score, state)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=8))
def test_it_stays_on_the_edge_whatever_the_weights(weights):
    parts = tuple(Part(f"m{n}", weight, thresholds=Thresholds(0, 1, 2, 3)) for n, weight in enumerate(weights))
    values = {part.metric: 1.0 for part in parts}
    assert score_account(values, Definition(parts)).score == 40


def test_it_redistributes_the_weight_of_what_is_not_known():
    score = score_account({"use": None, "breadth": 0.6, "silence": 14}, DEFINITION)
    assert [part.weight for part in score.parts] == [0, 50 / 70, 20 / 70]
    assert score.score == pytest.approx((50 * 70 + 20 * 40) / 70)


def test_it_scores_down_to_half_of_the_weight_and_no_further():
    assert score_account({"breadth": 0.6}, DEFINITION).score == 70
    missing = score_account({"use": 15}, DEFINITION)
    assert (missing.score, missing.state, missing.no_score) == (None, HealthState.NOT_ENOUGH_DATA, NoScore.TOO_LITTLE)


def test_it_says_why_there_is_not_enough_data():
    assert score_account({}, DEFINITION).no_score is NoScore.NO_DATA
    young = score_account({"use": 15, "breadth": 0.6, "silence": 1}, DEFINITION, young=True)
    assert (young.score, young.no_score) == (None, NoScore.TOO_YOUNG)
    assert young.parts[0].score == 55  # the parts are still shown


@given(st.lists(st.none() | st.floats(0, 60), min_size=3, max_size=3), st.booleans())
def test_it_gives_the_bare_score_of_many_like_that_of_one(values, young):
    one = score_account(dict(zip(DEFINITION.metrics, values, strict=True)), DEFINITION, young=young)
    bare = bare_score(values, DEFINITION, young=young)
    assert (bare, state_of(bare)) == (one.score, one.state)


def test_it_refuses_to_score_without_thresholds():
    with pytest.raises(NotCalibrated, match="use"):
        score_account({"use": 1}, Definition((Part("use", 1),)))


def test_it_calls_the_edges_of_the_score_by_the_same_numbers():
    assert [state_of(score) for score in (39.9, 40, 69.9, 70)] == [
        HealthState.AT_RISK,
        HealthState.AVERAGE,
        HealthState.AVERAGE,
        HealthState.HEALTHY,
    ]
