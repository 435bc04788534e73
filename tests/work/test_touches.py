"""Follow-ups counted by day, as metrics are made of them."""

from datetime import date, timedelta

import pytest

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRole
from tenure.health.counted.metrics import counted_on
from tenure.health.metrics import define_metric
from tenure.jobs.models import Job
from tenure.work.follow_ups import log_follow_up, remove_follow_up, restore_follow_up
from tests.work.conftest import NOW

DAY = date(2026, 6, 29)
NAMES = ["follow_ups:1", "follow_ups:3", "own_follow_ups:3"]


def counts(account):
    found = counted_on(DAY, NAMES)
    return [found[name][account.pk] for name in NAMES]


def closing():
    return [job.payload["spans"] for job in Job.objects.filter(kind="close_dirty_days").order_by("pk")]


@pytest.fixture
def counted(acme):
    spec = {"kind": "trait", "property": "follow_ups:3"}
    define_metric({"key": "touches", "name": "Touches", "unit": "count", "spec": spec}, None)


def test_it_counts_those_of_the_days_and_those_by_who_is_in_charge(acme, call, alice, bob):
    other = Account.objects.create(external_id="other")
    assign([acme.pk], AssignmentRole.objects.get(key="csm"), bob, alice, since=NOW - timedelta(days=9))
    log_follow_up(acme, call(at=NOW - timedelta(days=1)), actor=alice)
    log_follow_up(acme, call(at=NOW - timedelta(days=3)), actor=bob)
    log_follow_up(acme, call(at=NOW - timedelta(days=4)), actor=bob)  # before these days
    log_follow_up(acme, call(), actor=bob)  # after them
    removed = log_follow_up(acme, call(at=NOW - timedelta(days=1)), actor=bob)
    remove_follow_up(removed, actor=bob)
    assert (counts(acme), counts(other)) == ([1, 2, 1], [0, 0, 0])


def test_it_has_days_of_the_past_counted_again_where_a_metric_counts_them(acme, call, alice, counted):
    made = log_follow_up(acme, call(at=NOW - timedelta(days=9)), actor=alice)
    assert closing() == [[["2026-06-21", "2026-06-23"]]]
    remove_follow_up(made, actor=alice)
    restore_follow_up(made, actor=alice)
    assert len(closing()) == 3
    log_follow_up(acme, call(), actor=alice)  # today is counted all the time
    assert len(closing()) == 3


def test_it_leaves_days_alone_where_no_metric_counts_follow_ups(acme, call, alice):
    log_follow_up(acme, call(at=NOW - timedelta(days=9)), actor=alice)
    assert closing() == []
