from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.core.health import Definition, Part, Thresholds, score_account
from tenure.core.health_change import explain_change

LIMITS = Thresholds(0, 10, 20, 50)
DEFINITION = Definition(
    tuple(Part(metric, weight, thresholds=LIMITS) for metric, weight in {"a": 1, "b": 1, "c": 2}.items())
)

maybe = st.none() | st.floats(0, 60)
values = st.fixed_dictionaries({"a": maybe, "b": maybe, "c": maybe})


@given(values, values)
def test_it_adds_up_to_the_change_of_the_score(before, after):
    old, new = score_account(before, DEFINITION), score_account(after, DEFINITION)
    change = explain_change(old, new)
    if old.score is None or new.score is None:
        assert change.points is None
    else:
        assert change.points == new.score - old.score
        assert sum(part.points for part in change.parts) == pytest.approx(change.points, abs=1e-8)


@given(values, values)
def test_it_keeps_another_definition_apart(before, after):
    later = Definition((*(replace(part, weight=3) for part in DEFINITION.parts[:2]), Part("d", 1, thresholds=LIMITS)))
    old, rescored, new = (
        score_account(before, DEFINITION),
        score_account(before, later),
        score_account(after, later),
    )
    change = explain_change(old, new, rescored)
    if change.points is not None:
        moved = change.by_definition + sum(part.points for part in change.parts)
        assert moved == pytest.approx(change.points, abs=1e-8)


def test_it_names_what_moved_most_first():
    old = score_account({"a": 20, "b": 20, "c": 20}, DEFINITION)
    new = score_account({"a": 10, "b": 20, "c": 10}, DEFINITION)
    change = explain_change(old, new)
    assert [(part.metric, part.points) for part in change.parts] == [("c", -15), ("a", -7.5), ("b", 0)]
    assert change.points == -22.5


def test_it_tells_a_changed_value_from_a_changed_weight():
    old = score_account({"a": 20, "b": 20, "c": None}, DEFINITION)
    new = score_account({"a": 20, "b": 20, "c": 10}, DEFINITION)
    by_metric = {part.metric: part for part in explain_change(old, new).parts}
    assert (by_metric["a"].by_value, by_metric["a"].by_weight) == (0, -17.5)
    assert by_metric["c"].points == 20


def test_it_has_no_points_without_a_score_on_both_sides():
    change = explain_change(score_account({}, DEFINITION), score_account({"a": 1, "b": 1, "c": 1}, DEFINITION))
    assert change.points is None
    assert {part.metric for part in change.parts} == {"a", "b", "c"}
