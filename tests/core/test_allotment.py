from hypothesis import given
from hypothesis import strategies as st

from tenure.core.allotment import Load, by_fewest_accounts, by_least_mrr, in_turn

ANN, BO, CY = 1, 2, 3


def test_it_deals_in_turn_from_whose_turn_it_is():
    assert in_turn([10, 11, 12, 13], [ANN, BO, CY]) == {10: ANN, 11: BO, 12: CY, 13: ANN}
    assert in_turn([10, 11], [ANN, BO, CY], first=5) == {10: CY, 11: ANN}


def test_it_fills_up_whoever_has_the_fewest_accounts():
    loads = {ANN: Load(3), BO: Load(1), CY: Load(1)}
    assert by_fewest_accounts([10, 11, 12, 13], loads) == {10: BO, 11: CY, 12: BO, 13: CY}


def test_it_gives_the_largest_first_to_the_least_mrr():
    loads = {ANN: Load(1, 500.0), BO: Load(9, 100.0)}
    assert by_least_mrr({10: 100.0, 11: 450.0, 12: 0.0}, loads) == {11: BO, 10: ANN, 12: BO}


def test_of_equal_mrr_the_fewest_accounts_decide():
    assert by_least_mrr({10: 0.0, 11: 0.0}, {ANN: Load(5), BO: Load(4)}) == {10: BO, 11: ANN}


@given(st.lists(st.integers(0, 1000), max_size=40), st.integers(1, 5))
def test_every_account_gets_one_member_and_none_gets_far_ahead(mrrs, members):
    accounts = dict(enumerate(map(float, mrrs)))
    fresh = {member: Load() for member in range(members)}
    for dealt in (by_fewest_accounts(list(accounts), fresh), in_turn(list(accounts), list(fresh))):
        counts = [list(dealt.values()).count(member) for member in fresh]
        assert dealt.keys() == accounts.keys()
        assert max(counts) - min(counts) <= 1
    shared = by_least_mrr(accounts, fresh)
    totals = [sum(accounts[each] for each, whose in shared.items() if whose == member) for member in fresh]
    assert shared.keys() == accounts.keys()
    assert max(totals) - min(totals) <= max(accounts.values(), default=0)
