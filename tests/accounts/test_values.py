"""Values as they are kept and come back."""

import pytest

from tenure.accounts.models import Account
from tenure.accounts.values import MAX_FIELD, MAX_VALUE, canonical, keepable


@pytest.mark.parametrize("value", [r"\u0000", r"a\u0000b", "\\", [r"\u0000", {r"\u0000": 1}], True, None, 2**70, 0.5])
def test_it_keeps_what_databases_take_as_it_is(value):
    assert keepable({"a": value}) == {"a": value}


def test_it_leaves_out_nul_characters_wherever_they_are():
    assert keepable({"\0a": ["x\0", {"\0b": "\0"}, "\\\0"]}) == {"a": ["x", {"b": ""}, "\\"]}


def test_it_leaves_out_what_is_too_long():
    assert keepable({"a" * (MAX_FIELD + 1): 1, "": 1, "b": "x" * MAX_VALUE, "c": 1}) == {"c": 1}


def test_it_keeps_values_that_come_back_the_same(db):
    sent = {
        "large": 1e16,
        "larger": [1e300],
        "whole": 2**70,
        "small": 5e-324,
        "less": -0.0,
        "nested": {"b": 1, "a": -1.5e20},
    }
    kept = keepable(sent)
    assert kept == {**sent, "larger": [int(1e300)]}
    row = Account.objects.create(external_id="acme", traits=kept)
    row.refresh_from_db()
    assert canonical(row.traits) == canonical(kept)
