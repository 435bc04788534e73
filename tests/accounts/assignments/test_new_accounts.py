"""New accounts get somebody in charge by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tenure.accounts.assignments.new_accounts import JOB, apply, ask_for_assignment, end_rule, set_rule
from tenure.accounts.assignments.reading import book_of
from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRule, Way
from tenure.activity.models import Activity
from tenure.jobs.models import Job
from tenure.lib import clock
from tests.events.conftest import house  # noqa: F401 — a fixture


@pytest.fixture(autouse=True)
def real_time(june):
    """Accounts are created at the database's own time."""
    clock.set_clock(None)


def new_accounts(count: int) -> list[int]:
    return [Account.objects.create(external_id=f"new-{Account.objects.count()}").pk for _ in range(count)]


def test_it_deals_new_accounts_in_turn_and_goes_on_where_it_stopped(accounts, csm, ann, bo, lee):
    rule = set_rule(csm, Way.ROUND_ROBIN, [ann, bo], lee)
    first = new_accounts(3)
    assert apply(rule) == 3
    then = new_accounts(1)
    assert apply(rule) == 1
    assert apply(rule) == 0
    assert book_of(ann.pk, None) == {first[0], first[2]}
    assert book_of(bo.pk, None) == {first[1], *then}
    assert Activity.objects.filter(verb="assignment.by_rule").count() == 2


def test_it_leaves_older_accounts_and_those_that_had_somebody(accounts, csm, ann, bo, lee):
    rule = set_rule(csm, Way.LEAST_ACCOUNTS, [ann], lee)
    taken, free = new_accounts(2)
    assign([taken], csm, bo, lee)
    assert apply(rule) == 1
    assert book_of(ann.pk, None) == {free}


def test_it_passes_over_members_who_left(csm, ann, bo, lee):
    rule = set_rule(csm, Way.ROUND_ROBIN, [ann, bo], lee)
    ann.is_active, ann.deactivated_at = False, timezone.now() + timedelta(0)
    ann.save()
    keys = new_accounts(2)
    apply(rule)
    assert book_of(bo.pk, None) == set(keys)
    bo.is_active, bo.deactivated_at = False, timezone.now()
    bo.save()
    new_accounts(1)
    assert apply(rule) == 0


def test_a_new_rule_takes_the_place_of_the_old_one_and_may_end(csm, ann, bo, lee):
    set_rule(csm, Way.ROUND_ROBIN, [ann], lee)
    set_rule(csm, Way.LEAST_MRR, [bo], lee)
    assert AssignmentRule.objects.get().way == Way.LEAST_MRR
    end_rule(csm, lee)
    end_rule(csm, lee)
    assert not AssignmentRule.objects.exists()
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "rule.set",
        "rule.set",
        "rule.ended",
    ]


def test_the_loader_asks_for_it_when_an_account_is_new(house, csm, ann, lee):  # noqa: F811
    event = {"event": "Seen", "user": "u1", "time": "2026-06-01T00:00:00Z"}
    house.send({**event, "account": "before"})
    assert not Job.objects.filter(kind=JOB).exists()
    set_rule(csm, Way.ROUND_ROBIN, [ann], lee)
    house.send({**event, "account": "before"})
    assert not Job.objects.filter(kind=JOB).exists()
    house.send({**event, "account": "fresh"})
    assert Job.objects.filter(kind=JOB).count() == 1


def test_without_a_rule_nothing_is_asked_for(db):
    ask_for_assignment()
    assert not Job.objects.filter(kind=JOB).exists()
