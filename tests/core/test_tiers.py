"""Tiers by shares and by amounts."""

from tenure.core.tiers import Cut, Step, tiers

VALUES = {account: float(account) for account in range(1, 11)}


def test_shares_add_up_and_ties_are_in():
    found = tiers(VALUES, Cut.SHARE, [Step("A", 0.1), Step("B", 0.2)], "C")
    assert [account for account, tier in found.items() if tier == "A"] == [10]
    assert [account for account, tier in found.items() if tier == "B"] == [8, 9]  # 0.1 + 0.2 of 10 are 3
    tied = tiers({1: 5.0, 2: 5.0, 3: 5.0, 4: 1.0}, Cut.SHARE, [Step("A", 0.25)], "C")
    assert tied == {1: "A", 2: "A", 3: "A", 4: "C"}


def test_a_share_takes_one_at_least_unless_it_is_none():
    assert tiers({1: 1.0, 2: 2.0}, Cut.SHARE, [Step("A", 0.01), Step("B", 0.0)], "C") == {1: "C", 2: "A"}
    assert tiers({1: 1.0}, Cut.SHARE, [Step("A", 0.0)], "C") == {1: "C"}
    assert tiers({}, Cut.SHARE, [Step("A", 0.5)], "C") == {}


def test_amounts_are_smallest_numbers():
    found = tiers(VALUES, Cut.AMOUNT, [Step("A", 9), Step("B", 5.5)], "C")
    assert "".join(found.values()) == "CCCCCBBBAA"
