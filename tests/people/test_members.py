"""What may be done with members, by whom, and what is written down."""

import threading

import pytest
from django.db import connection

from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.people import members
from tenure.people.departments import add_department
from tenure.people.models import Member, Role, Scope


@pytest.fixture
def dora(db) -> Member:
    return Member.objects.create_user("dora@example.com", name="Dora", role=Role.ADMIN)


def told() -> list[str]:
    return [sentence(each) for each in Activity.objects.order_by("pk")]


def test_it_changes_role_scope_and_department_with_one_activity_each(alice, bob):
    east = add_department("East", None, alice)
    members.change_role(bob, Role.LEADER, alice)
    members.change_scope(bob, Scope.ALL, alice)
    members.change_department(bob, east, alice)
    members.change_role(bob, Role.LEADER, alice)  # is so already
    bob.refresh_from_db()
    assert (bob.role, bob.scope, bob.department) == (Role.LEADER, Scope.ALL, east)
    assert told()[1:] == [
        "Alice made Bob Leader, who was CSM",
        "Alice changed what Bob sees from – to All customers",
        "Alice moved Bob from the department – to East",
    ]


def test_it_ends_access_and_gives_it_again(alice, bob):
    members.deactivate(bob, alice)
    bob.refresh_from_db()
    assert (bob.is_active, bob.deactivated_at is not None) == (False, True)
    with pytest.raises(members.MemberNotActive):
        members.change_role(bob, Role.ADMIN, alice)
    members.reactivate(bob, alice)
    members.reactivate(bob, alice)
    bob.refresh_from_db()
    assert (bob.is_active, bob.deactivated_at) == (True, None)
    assert told() == ["Alice ended the access of Bob", "Alice gave Bob access again"]


def test_there_is_always_an_owner(alice, dora):
    other = Member.objects.create_user("olga@example.com", role=Role.OWNER)
    members.deactivate(other, alice)
    members.reactivate(other, alice)
    members.change_role(alice, Role.CSM, other)
    alice.role = Role.OWNER  # as somebody might who did not look again
    with pytest.raises(members.LastOwner):
        members.deactivate(other, Member(pk=10**6, role=Role.OWNER))
    with pytest.raises(members.LastOwner):
        members.change_role(other, Role.ADMIN, Member(pk=10**6, role=Role.OWNER))


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_let_each_other_go_at_once_do_not_both_succeed():
    owners = [Member.objects.create_user(f"{name}@example.com", role=Role.OWNER) for name in ("ada", "eve")]
    barrier, done = threading.Barrier(2), []

    def let_go(actor: Member, member: Member) -> None:
        barrier.wait()
        try:
            members.deactivate(Member.objects.get(pk=member.pk), actor)
            done.append(member)
        except members.LastOwner:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=let_go, args=pair) for pair in (owners, owners[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert Member.objects.filter(role=Role.OWNER, is_active=True).count() == 1


def test_an_admin_neither_makes_owners_nor_touches_them(alice, bob, dora):
    with pytest.raises(members.OnlyOwners):
        members.change_role(bob, Role.OWNER, dora)
    for verb in (members.deactivate, members.reactivate):
        with pytest.raises(members.OnlyOwners):
            verb(alice, dora)
    with pytest.raises(members.OnlyOwners):
        members.change_role(alice, Role.CSM, dora)
    with pytest.raises(members.OnlyOwners):
        members.change_scope(alice, Scope.OWN, dora)
    assert told() == []


def test_nobody_changes_their_own_role_or_scope_or_lets_themselves_go(alice, dora):
    for actor in (alice, dora):
        with pytest.raises(members.NotYourself):
            members.change_role(actor, Role.CSM, actor)
        with pytest.raises(members.NotYourself):
            members.change_scope(actor, Scope.ALL, actor)
        with pytest.raises(members.NotYourself):
            members.deactivate(actor, actor)


def test_one_changes_ones_own_department_only_where_it_shows_nothing_more(alice, dora):
    east = add_department("East", None, alice)
    members.change_department(alice, east, alice)
    dora.scope = Scope.TREE
    dora.save()
    with pytest.raises(members.NotYourself):
        members.change_department(dora, east, dora)
