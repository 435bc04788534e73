"""Sessions end by themselves, on both sides of each limit, and by hand."""

from datetime import timedelta

import pytest

from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.people import sessions
from tenure.people.members import deactivate
from tenure.people.models import Member, MemberSession
from tenure.people.sessions import Visit, begin, go_on, is_open, open_sessions

SECOND = timedelta(seconds=1)


def visit(key: str = "k", address: str = "10.0.0.1") -> Visit:
    return Visit(key, address, "Firefox/130 Linux")


@pytest.fixture
def now():
    return clock.now()


def test_it_ends_after_three_hours_without_use(bob, now):
    session = begin(bob, visit(), now)
    limit = now + timedelta(hours=3)
    assert is_open(session, limit - SECOND)
    assert not is_open(session, limit)
    assert open_sessions(bob, limit - SECOND).exists()
    assert not open_sessions(bob, limit).exists()


def test_it_ends_after_twelve_hours_however_much_it_is_used(bob, now):
    session = begin(bob, visit(), now)
    for hour in range(1, 12):
        go_on(session, visit(), now + timedelta(hours=hour))
        session.refresh_from_db()
    limit = now + timedelta(hours=12)
    assert is_open(session, limit - SECOND)
    assert not is_open(session, limit)


def test_it_is_written_at_most_once_a_minute_unless_the_place_changes(bob, now, django_assert_num_queries):
    session = begin(bob, visit(), now)
    with django_assert_num_queries(0):
        go_on(session, visit(), now + timedelta(seconds=59))
    go_on(session, visit(address="10.0.0.2"), now + SECOND)
    session.refresh_from_db()
    assert (session.address, session.last_seen_at) == ("10.0.0.2", now + SECOND)
    go_on(session, visit(), now + timedelta(minutes=2))
    assert Member.objects.get(pk=bob.pk).last_seen_at == now + timedelta(minutes=2)


def test_one_that_was_ended_does_not_come_back(bob, alice, now):
    session = begin(bob, visit(), now)
    sessions.end(session, alice)
    go_on(session, visit(), now + timedelta(hours=1))
    assert not MemberSession.objects.exists()
    assert Activity.objects.get().detail == {"address": "10.0.0.1"}


def test_it_ends_all_others_with_one_activity(bob, alice, now):
    here, *_others = [begin(bob, visit(key), now) for key in "abc"]
    begin(alice, visit("z"), now)
    assert sessions.end_others(bob, keep=here) == 2
    assert list(MemberSession.objects.values_list("session_key", flat=True).order_by("session_key")) == ["a", "z"]
    assert Activity.objects.get().detail == {"count": 2}


def test_the_end_of_access_ends_them_all(bob, alice, now):
    begin(bob, visit(), now)
    deactivate(bob, alice)
    assert not MemberSession.objects.exists()


def test_a_new_one_lets_go_of_what_is_over(bob, now):
    begin(bob, visit("old"), now - timedelta(hours=13))
    begin(bob, visit("unused"), now - timedelta(hours=4))
    begin(bob, visit("new"), now)
    assert list(MemberSession.objects.values_list("session_key", flat=True)) == ["new"]
