"""Where a user belongs at which time."""

from tenure.accounts.spans import NOWHERE, Link, spans

ACME, BOLT = 7, 8


def test_it_is_nowhere_without_links():
    assert spans([]) == NOWHERE
    assert NOWHERE.account_at(5) == 0


def test_it_takes_the_latest_link_and_before_the_first_the_first():
    known = spans([Link(20, "bolt", BOLT), Link(10, "acme", ACME)])
    assert [known.account_at(time) for time in (0, 10, 19, 20, 99)] == [ACME, ACME, ACME, BOLT, BOLT]


def test_it_passes_over_links_that_change_nothing():
    assert spans([Link(10, "acme", ACME), Link(20, "acme", ACME)]) == spans([Link(10, "acme", ACME)])


def test_it_settles_two_links_of_one_time_by_the_accounts_own_id():
    assert spans([Link(10, "bolt", BOLT), Link(10, "acme", ACME)]).account_at(10) == BOLT
