"""Whose an id is."""

from tenure.accounts.owner import Claim, owner

HOME = 1


def test_it_is_a_user_of_its_own_when_nobody_claims_it():
    assert owner(HOME, [], claims_others=False) == HOME


def test_it_belongs_to_the_first_who_claimed_it():
    assert owner(HOME, [Claim(20, "ada", 2), Claim(10, "bob", 3)], claims_others=False) == 3


def test_it_belongs_to_the_smaller_id_of_two_at_the_same_time():
    assert owner(HOME, [Claim(10, "bob", 3), Claim(10, "ada", 2)], claims_others=False) == 2


def test_it_stays_its_own_when_it_claims_others():
    assert owner(HOME, [Claim(10, "bob", 3)], claims_others=True) == HOME
