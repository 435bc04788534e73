"""What was said about a field, in whatever order it came."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tenure.accounts.runs import say


def said(*statements):
    runs = []
    for time, text in statements:
        say(runs, time, text, text)
    return runs


def value_at(runs, time):
    before = [run for run in runs if run.first_us <= time]
    return before[-1].value if before else None


def test_it_keeps_one_run_while_the_value_stays():
    assert [(run.first_us, run.last_us, run.value) for run in said((1, "a"), (5, "a"), (9, "b"))] == [
        (1, 5, "a"),
        (9, 9, "b"),
    ]


def test_it_splits_a_run_at_a_late_other_value():
    runs = said((1, "a"), (9, "a"), (4, "b"))
    assert [value_at(runs, time) for time in (0, 1, 4, 8, 9)] == [None, "a", "b", "b", "a"]


@settings(max_examples=400)
@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from("abc")), max_size=12), st.randoms())
def test_it_ends_with_the_value_of_the_latest_time_in_any_order(statements, rng):
    shuffled = statements * 2
    rng.shuffle(shuffled)
    runs = said(*shuffled)
    assert [run.order for run in runs] == sorted(run.order for run in runs)
    assert (runs[-1].value if runs else None) == (max(statements)[1] if statements else None)


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from("abc")), max_size=12))
def test_it_knows_every_past_value_of_what_came_in_order(statements):
    runs = said(*sorted(statements))
    for time in range(21):
        before = [each for each in statements if each[0] <= time]
        assert value_at(runs, time) == (max(before)[1] if before else None)
