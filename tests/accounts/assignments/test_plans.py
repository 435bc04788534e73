"""A hand-over before it is done."""

from tenure.accounts.assignments.plans import make_plan, turns_of, turns_on
from tenure.accounts.assignments.verbs import assign, hand_over
from tenure.accounts.models import Way


def test_it_deals_by_least_mrr_and_says_the_load_before_and_after(accounts, csm, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys, csm, ann, lee)
    plan = make_plan(turns_of(ann.pk, [csm]), [bo.pk, lee.pk], Way.LEAST_MRR)

    assert {move.account_id: move.begins for move in plan.moves} == {keys[0]: bo.pk, keys[1]: lee.pk, keys[2]: lee.pk}
    shifts = {shift.member_id: (shift.before, shift.after) for shift in plan.shifts}
    assert [(load.accounts, load.mrr) for load in shifts[ann.pk]] == [(3, 1250.0), (0, 0.0)]
    assert [(load.accounts, load.mrr) for load in shifts[bo.pk]] == [(0, 0.0), (1, 1000.0)]
    assert [(load.accounts, load.mrr) for load in shifts[lee.pk]] == [(0, 0.0), (2, 250.0)]


def test_by_hand_it_is_the_first_successor_but_where_another_was_chosen(accounts, csm, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys[:2], csm, ann, lee)
    turns = turns_on(accounts, csm)
    plan = make_plan(turns, [bo.pk, ann.pk], None, {(csm.pk, keys[1]): ann.pk})

    assert [(move.account_id, move.ends, move.begins) for move in plan.moves] == [
        (keys[0], ann.pk, bo.pk),
        (keys[2], None, bo.pk),
    ]


def test_its_mark_changes_with_the_book(accounts, csm, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys[:2], csm, ann, lee)
    plan = make_plan(turns_of(ann.pk, [csm]), [bo.pk], Way.ROUND_ROBIN)
    assert make_plan(turns_of(ann.pk, [csm]), [bo.pk], Way.ROUND_ROBIN).mark == plan.mark
    assert make_plan(turns_of(ann.pk, [csm]), [lee.pk], Way.ROUND_ROBIN).mark != plan.mark
    assign(keys[2:], csm, ann, lee)
    assert make_plan(turns_of(ann.pk, [csm]), [bo.pk], Way.ROUND_ROBIN).mark != plan.mark


def test_it_does_a_plan_of_several_roles_at_once(accounts, csm, support, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys[:1], csm, ann, lee)
    assign(keys[:2], support, ann, lee)
    assign(keys[:1], support, bo, lee)
    plan = make_plan(turns_of(ann.pk, [csm, support]), [bo.pk], Way.LEAST_ACCOUNTS)
    hand_over(plan.moves, lee)
    assert turns_of(ann.pk, [csm, support]) == []
    assert [(turn.account.pk, turn.role.key) for turn in turns_of(bo.pk, [csm, support])] == [
        (keys[0], "csm"),
        (keys[0], "support"),
        (keys[1], "support"),
    ]
