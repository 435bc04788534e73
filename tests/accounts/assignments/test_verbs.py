"""Who is in charge, since when, and taking a change back."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from tenure.accounts.assignments.reading import as_known, book_of, moment_of, names_in_charge
from tenure.accounts.assignments.verbs import (
    AlreadyUndone,
    BadTime,
    BookChanged,
    Move,
    assign,
    hand_over,
    unassign,
    undo,
)
from tenure.accounts.models import Assignment
from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.lib import clock
from tests.accounts.assignments.conftest import NOW

ZONE = ZoneInfo("UTC")


def in_charge(account, role, day: date | None = None) -> list[str]:
    moment = moment_of(day, NOW.date() + timedelta(days=1), ZONE) if day else None
    return names_in_charge([account.pk], [role.pk], moment).get((account.pk, role.pk), [])


def test_it_puts_somebody_in_place_of_whoever_was_there_and_keeps_the_history(accounts, csm, ann, bo, lee):
    acme = accounts[0]
    assign([acme.pk], csm, ann, lee, since=NOW - timedelta(days=9))
    assign([acme.pk], csm, bo, lee, since=NOW - timedelta(days=4), reason="Ann has too many")

    assert in_charge(acme, csm) == ["Bo"]
    assert in_charge(acme, csm, date(2026, 6, 5)) == ["Ann"]
    assert in_charge(acme, csm, date(2026, 6, 6)) == ["Bo"]
    assert in_charge(acme, csm, date(2026, 5, 31)) == []
    turns = Assignment.objects.order_by("since").values_list("member__name", "began__reason", "ended__reason")
    assert list(turns) == [("Ann", "", "Ann has too many"), ("Bo", "Ann has too many", None)]


def test_it_adds_to_a_role_of_several_and_takes_one_off(accounts, support, ann, bo, lee):
    acme = accounts[0]
    assign([acme.pk], support, ann, lee)
    assign([acme.pk], support, bo, lee)
    assert in_charge(acme, support) == ["Ann", "Bo"]
    unassign([acme.pk], support, ann, lee)
    assert in_charge(acme, support) == ["Bo"]


def test_it_is_one_activity_over_all_accounts_and_none_for_nothing_new(accounts, csm, ann, lee):
    keys = [account.pk for account in accounts]
    assign(keys[:1], csm, ann, lee)
    Activity.objects.all().delete()
    assign(keys, csm, ann, lee)
    activity = Activity.objects.get()
    assert set(activity.accounts.values_list("account", flat=True)) == set(keys[1:])
    assert (activity.subject_name, activity.by) == ("Ann", "Lee")
    assign(keys, csm, ann, lee)
    assert Activity.objects.count() == 1


def test_it_hands_a_book_over_in_one_step(accounts, csm, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys, csm, ann, lee)
    hand_over([Move(keys[0], csm.pk, ann.pk, bo.pk), Move(keys[1], csm.pk, ann.pk, lee.pk)], lee, reason="Ann left")

    assert [book_of(each.pk, None) for each in (ann, bo, lee)] == [{keys[2]}, {keys[0]}, {keys[1]}]
    activity = Activity.objects.get(verb="assignment.handed_over")
    particular = {each.account_id: sentence(activity, each.detail) for each in activity.accounts.all()}
    assert particular[keys[0]] == "Lee handed over as CSM from Ann to Bo"
    with override("zh-hans"):
        assert "客户成功经理" in sentence(activity)
    assert sentence(activity) == "Lee handed over as CSM from Ann to Bo, Lee"


@pytest.mark.parametrize("stale", ["ends", "nobody"])
def test_it_hands_nothing_over_when_one_account_changed_meanwhile(accounts, csm, ann, bo, lee, stale):
    keys = [account.pk for account in accounts]
    assign(keys[:2], csm, ann, lee)
    assign([keys[1]], csm, lee, lee)
    wrong = Move(keys[1], csm.pk, ann.pk if stale == "ends" else None, bo.pk)
    with pytest.raises(BookChanged):
        hand_over([Move(keys[0], csm.pk, ann.pk, bo.pk), wrong], lee)
    assert book_of(bo.pk, None) == frozenset()
    assert book_of(ann.pk, None) == {keys[0]}


def test_it_puts_back_what_it_found_once(accounts, csm, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys[:2], csm, ann, lee, since=NOW - timedelta(days=5))
    change = assign(keys, csm, bo, lee)
    undo(change, lee)

    assert book_of(ann.pk, None) == set(keys[:2])
    assert book_of(bo.pk, None) == frozenset()
    assert set(Assignment.objects.values_list("since", flat=True)) == {NOW - timedelta(days=5)}
    with pytest.raises(AlreadyUndone):
        undo(change, lee)
    assert Activity.objects.filter(verb="assignment.undone").count() == 1


def test_it_stays_readable_what_was_known_before_a_change_was_undone(accounts, csm, ann, bo, lee):
    key = accounts[0].pk
    assign([key], csm, ann, lee, since=NOW - timedelta(days=5))
    clock.set_clock(lambda: NOW + timedelta(hours=1))
    change = assign([key], csm, bo, lee, since=NOW)
    clock.set_clock(lambda: NOW + timedelta(hours=2))
    undo(change, lee)

    def known(hours):
        at_that_time = NOW + timedelta(hours=hours)
        return [each.member.name for each in as_known(NOW + timedelta(minutes=1), at_that_time)]

    assert [known(hours) for hours in (0, 1, 2)] == [["Ann"], ["Bo"], ["Ann"]]
    went_on = Assignment.objects.get()
    assert (went_on.member, went_on.since, went_on.restored) == (ann, NOW - timedelta(days=5), change)
    assert {each.member for each in change.withdrawn(manager="recorded").all()} == {ann, bo}


def test_it_leaves_what_was_changed_again_as_it_is(accounts, csm, ann, bo, lee):
    keys = [account.pk for account in accounts]
    assign(keys[:2], csm, ann, lee)
    change = assign(keys[:2], csm, bo, lee)
    assign(keys[:1], csm, lee, lee)
    undo(change, lee)
    assert in_charge(accounts[0], csm) == ["Lee"]
    assert in_charge(accounts[1], csm) == ["Ann"]


def test_it_refuses_times_that_cannot_be(accounts, csm, ann, bo, lee):
    keys = [accounts[0].pk]
    with pytest.raises(BadTime, match="lies ahead"):
        assign(keys, csm, ann, lee, since=NOW + timedelta(seconds=1))
    assign(keys, csm, ann, lee)
    with pytest.raises(BadTime, match="before the assignment began"):
        assign(keys, csm, bo, lee, since=NOW - timedelta(days=1))
    assert in_charge(accounts[0], csm) == ["Ann"]


def test_it_says_since_when_a_change_was_known(accounts, csm, ann, lee):
    change = assign([accounts[0].pk], csm, ann, lee, since=NOW - timedelta(days=3))
    clock.set_clock(lambda: NOW + timedelta(days=2))
    unassign([accounts[0].pk], csm, ann, lee, since=NOW)
    turn = Assignment.objects.get()
    assert (turn.since, turn.began.recorded_at) == (NOW - timedelta(days=3), change.recorded_at)
    assert (turn.until, turn.ended.recorded_at) == (NOW, NOW + timedelta(days=2))
