"""`tenure tier` and `tenure view`: the rule for tiers, and saved views."""

from argparse import ArgumentError

import pytest

from tenure.lib.errors import TenureError
from tests.cli.asking import ask, shown

AS = ("--as", "alice@example.com")
STEPS = ("--at", "A=0.2", "--at", "B=0.3")


def test_the_rule_for_tiers_is_set_shown_and_switched_off(alice):
    assert shown("tier rule") == "No rule is in use."
    ask("tier set", "--by", "health.score", *STEPS, *AS)
    assert shown("tier rule") == "version 1: by health.score, share (A: 0.2, B: 0.3)"
    ask("tier stop", *AS)
    assert ask("tier rule") is None
    assert ask("tier list") == [{"tier": tier, "customers": 0} for tier in "ABC"]


def test_views_are_saved_listed_and_deleted_by_whom_they_belong_to(alice, bob):
    made = ask("view add", "Weak", "state=at-risk&columns=name,score", "--sharing", "all", *AS)
    (listed,) = ask("view list", "--as", "bob@example.com")
    assert (listed["owner"], listed["query"]) == (
        "alice@example.com",
        {"state": "at-risk", "columns": "name,score"},
    )
    assert "columns=name,score state=at-risk" in shown("view list")
    with pytest.raises(TenureError, match="There is no view 'Weak'"):
        ask("view delete", "Weak", "--as", "bob@example.com")
    assert ask("view delete", str(made["id"]), *AS)["name"] == "Weak" and ask("view list") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("view add", "Weak", "colour=red", *AS),
        ("tier set", "--by", "health.score", "--at", "A", *AS),
    ],
)
def test_it_says_what_it_does_not_understand(arguments):
    with pytest.raises(ArgumentError):
        ask(*arguments)
