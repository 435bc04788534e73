"""Invitations: a signed link that works once, for a while."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.people import invitations
from tenure.people.departments import add_department
from tenure.people.invitations import accept, find, invite, link_key
from tenure.people.members import OnlyOwners
from tenure.people.models import Department, Invitation, InvitationState, Member, Role, Scope

PASSWORD = "correct horse battery"


def follow(key: str) -> Member:
    return accept(find(key, clock.now()), name="Eve", password=PASSWORD, language="zh-hans")


def test_it_makes_the_member_it_promised(alice):
    east = add_department("East", None, alice)
    invitation = invite("Eve@Example.com", role=Role.LEADER, department=east, scope=Scope.TEAM, actor=alice)
    eve = follow(link_key(invitation))
    assert (eve.email, eve.name, eve.role, eve.department, eve.scope, eve.language) == (
        "eve@example.com", "Eve", Role.LEADER, east, Scope.TEAM, "zh-hans",
    )  # fmt: skip
    assert eve.check_password(PASSWORD)
    assert list(Activity.objects.order_by("pk").values_list("verb", "by"))[1:] == [
        ("member.invited", "Alice"),
        ("member.joined", "Eve"),
    ]


def test_it_works_once(alice):
    key = link_key(invite("eve@example.com", role=Role.CSM, actor=alice))
    follow(key)
    with pytest.raises(invitations.InvitationOver):
        follow(key)


def test_it_works_until_its_last_moment(alice, settings):
    invitation = invite("eve@example.com", role=Role.CSM, actor=alice)
    key, end = link_key(invitation), invitation.invited_at + timedelta(days=7)
    assert find(key, end - timedelta(seconds=1)) == invitation
    with pytest.raises(invitations.InvitationOver):
        find(key, end)
    assert invitation.state(end) == InvitationState.EXPIRED
    clock.set_clock(lambda: end)
    with pytest.raises(invitations.InvitationOver):
        accept(invitation, name="Eve", password=PASSWORD, language="en")


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: "2" + key[1:], lambda key: "", lambda key: "1-1:x"]
)
def test_it_is_signed(alice, change):
    key = link_key(invite("eve@example.com", role=Role.CSM, actor=alice))
    with pytest.raises(invitations.InvitationOver):
        find(change(key), clock.now())


def test_a_new_link_replaces_the_old_one_and_lasts_anew(alice):
    invitation = invite("eve@example.com", role=Role.CSM, actor=alice)
    old = link_key(invitation)
    later = clock.now() + timedelta(days=20)
    clock.set_clock(lambda: later)
    invitations.resend(invitation, alice)
    with pytest.raises(invitations.InvitationOver):
        find(old, later)
    assert follow(link_key(invitation)).email == "eve@example.com"


def test_a_revoked_one_is_worthless_and_makes_room_for_another(alice):
    invitation = invite("eve@example.com", role=Role.CSM, actor=alice)
    with pytest.raises(invitations.AlreadyInvited):
        invite("eve@example.com", role=Role.CSM, actor=alice)
    invitations.revoke(invitation, alice)
    with pytest.raises(invitations.InvitationOver):
        follow(link_key(invitation))
    for verb in (invitations.resend, invitations.revoke):
        with pytest.raises(invitations.InvitationOver):
            verb(invitation, alice)
    invite("eve@example.com", role=Role.CSM, actor=alice)
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "member.invited", "invitation.revoked", "member.invited",
    ]  # fmt: skip


def test_it_invites_no_member_again(alice, bob, charlie):
    for member in (bob, charlie):
        with pytest.raises(invitations.AlreadyMember):
            invite(member.email.upper(), role=Role.CSM, actor=alice)


def test_an_admin_invites_no_owner(alice):
    dora = Member.objects.create_user("dora@example.com", role=Role.ADMIN)
    with pytest.raises(OnlyOwners):
        invite("eve@example.com", role=Role.OWNER, actor=dora)
    invitation = invite("eve@example.com", role=Role.OWNER, actor=alice)
    with pytest.raises(OnlyOwners):
        invitations.resend(invitation, dora)


def test_a_department_archived_meanwhile_is_left_out(alice):
    east = add_department("East", None, alice)
    invitation = invite("eve@example.com", role=Role.CSM, department=east, actor=alice)
    Department.objects.update(archived_at=clock.now())
    assert follow(link_key(invitation)).department is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_follow_it_at_once_one_gets_in():
    owner = Member.objects.create_user("ada@example.com", role=Role.OWNER)
    key, barrier, made = link_key(invite("eve@example.com", role=Role.CSM, actor=owner)), threading.Barrier(2), []

    def enter() -> None:
        found = find(key, clock.now())
        barrier.wait()
        try:
            made.append(accept(found, name="Eve", password=PASSWORD, language="en"))
        except invitations.InvitationOver:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert Invitation.objects.get().member == made[0]
