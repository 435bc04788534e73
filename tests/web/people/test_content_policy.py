"""No page about people has a script or a style of its own, and each says so."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from tenure.people.invitations import invite, link_key
from tenure.people.models import Role

OPEN = [
    "/login/",
    "/password/forgotten/",
    "/password/forgotten/sent/",
    "/password/new/done/",
    "/password/new/1-x/",
    "/invitation/x/",
]
OWN = [
    "/preferences/",
    "/password/",
    "/sessions/",
    "/two-factor/",
    "/two-factor/totp/activate/",
    "/two-factor/webauthn/add/",
    "/settings/members/",
    "/settings/members/invite/",
    "/settings/departments/",
    "/settings/audit/",
]


def check(answer) -> None:
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    page = answer.content.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes, _text in scripts)
    assert not re.search(r"\son[a-z]+=", page)
    assert "<style" not in page


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_everybody(client, alice, path):
    check(client.get(path))


@pytest.mark.parametrize("path", OWN)
def test_pages_for_members(client, alice, path):
    client.post("/login/", {"login": alice.email, "password": "correct horse battery"})
    client.post("/login/confirm/", {"password": "correct horse battery"})
    answer = client.get(path)
    assert answer.status_code == 200
    check(answer)


def test_pages_with_something_in_them(client, alice, bob):
    invitation = invite("eve@example.com", role=Role.CSM, actor=alice, name="<script>alert(1)</script>")
    check(client.get(f"/invitation/{link_key(invitation)}/"))
    TOTP.activate(bob, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(bob)
    client.post("/login/", {"login": bob.email, "password": "correct horse battery"})
    check(client.get("/two-factor/authenticate/"))
    client.force_login(alice)
    for path in (f"/settings/members/{bob.pk}/", f"/settings/invitations/{invitation.pk}/", "/settings/audit/"):
        answer = client.get(path)
        assert "<script>alert" not in answer.content.decode()
        check(answer)
