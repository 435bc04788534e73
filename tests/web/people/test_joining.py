"""From the invitation in the drawer to the new member's first page."""

import re

import pytest
from django.core import mail

from tenure.people.invitations import invite, link_key
from tenure.people.models import Invitation, Member, Role
from tests.web.people.conftest import PASSWORD

FORM = {"email": "eve@example.com", "name": "Eve", "role": "csm", "language": "zh-hans"}


def test_it_invites_and_shows_the_link_to_copy(client, alice):
    client.force_login(alice)
    assert "Invite somebody" in client.get("/settings/members/invite/", headers={"HX-Request": "true"}).content.decode()
    page = client.post("/settings/members/invite/", FORM, follow=True).content.decode()
    link = re.search(r"http://testserver(/invitation/[^<\s\"]+)", page)[1]
    guest = type(client)()
    answer = guest.get(link).content.decode()
    assert 'lang="zh-hans"' in answer
    assert "设置" in answer
    assert guest.post(link, {"name": "Eve", "password": PASSWORD})["Location"] == "/"
    eve = Member.objects.get(email="eve@example.com")
    assert (eve.language, guest.session["_auth_user_id"]) == ("zh-hans", str(eve.pk))
    assert guest.get(link).status_code == 410
    assert mail.outbox == []


def test_it_mails_the_link_where_mail_is_set_up(client, alice, settings, monkeypatch):
    monkeypatch.setitem(settings.CONFIG.__dict__, "mail_url", "smtp://localhost")
    client.force_login(alice)
    page = client.post("/settings/members/invite/", FORM, follow=True).content.decode()
    assert mail.outbox[0].to == ["eve@example.com"]
    assert "邀请" in mail.outbox[0].subject
    assert re.search(r"/invitation/\S+", mail.outbox[0].body)[0] in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "bob@example.com"}, "is a member already"),
        ({"email": "eve"}, "valid email"),
        ({"role": "king"}, "valid choice"),
        ({"department": "99"}, "valid choice"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(client, alice, bob, change, words):
    client.force_login(alice)
    answer = client.post("/settings/members/invite/", FORM | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Eve"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_admin_is_not_offered_to_make_owners(client, alice, bob):
    bob.role = Role.ADMIN
    bob.save()
    client.force_login(bob)
    assert 'value="owner"' not in client.get("/settings/members/invite/").content.decode()
    assert client.post("/settings/members/invite/", FORM | {"role": "owner"}).status_code == 422


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "eve@example.com"])
def test_it_takes_no_weak_password(client, alice, password):
    invitation = invite("eve@example.com", role=Role.CSM, actor=alice)
    answer = client.post(f"/invitation/{link_key(invitation)}/", {"name": "Eve", "password": password})
    assert answer.status_code == 422
    assert not Member.objects.filter(email="eve@example.com").exists()


def test_a_new_link_and_a_revoked_one(client, alice):
    invitation = invite("eve@example.com", role=Role.CSM, actor=alice)
    old = f"/invitation/{link_key(invitation)}/"
    client.force_login(alice)
    client.post(f"/settings/invitations/{invitation.pk}/resend/")
    assert type(client)().get(old).status_code == 410
    invitation.refresh_from_db()
    new = f"/invitation/{link_key(invitation)}/"
    assert type(client)().get(new).status_code == 200
    client.post(f"/settings/invitations/{invitation.pk}/revoke/")
    assert type(client)().get(new).status_code == 410
    assert client.get(f"/settings/invitations/{invitation.pk}/").status_code == 404


def test_who_is_signed_in_already_makes_room(client, alice, bob):
    client.force_login(bob)
    key = link_key(invite("eve@example.com", role=Role.CSM, actor=alice))
    client.post(f"/invitation/{key}/", {"name": "Eve", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(Member.objects.get(email="eve@example.com").pk)
