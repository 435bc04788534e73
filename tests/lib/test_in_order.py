"""Calls one after another in a thread."""

import pytest

from tenure.lib.in_order import InOrder


def test_it_runs_in_the_order_of_submitting():
    seen = []
    with InOrder("test") as calls:
        futures = [calls.submit(seen.append, n) for n in range(50)]
    assert seen == list(range(50))
    assert all(future.done() for future in futures)


def test_it_runs_nothing_after_a_failure_and_says_so_to_all():
    seen = []
    with pytest.raises(ZeroDivisionError), InOrder("test") as calls:
        calls.submit(seen.append, 1)
        failed = calls.submit(lambda: 1 // 0)
        later = calls.submit(seen.append, 2)
    assert seen == [1]
    assert isinstance(failed.exception(), ZeroDivisionError)
    assert isinstance(later.exception(), ZeroDivisionError)


def test_it_keeps_to_the_callers_own_error():
    with pytest.raises(KeyError), InOrder("test") as calls:
        calls.submit(lambda: 1 // 0)
        raise KeyError
