"""Two-factor sign-in: set up, asked for, required of everyone, taken away from somebody who lost it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tenure.activity.models import Activity
from tenure.people import second_factor
from tenure.people.models import Role
from tests.web.people.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, member) -> str:
    return client.post("/login/", {"login": member.email, "password": PASSWORD})["Location"]


def verbs() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


def test_it_sets_up_an_app_and_asks_for_its_code_from_then_on(client, bob):
    sign_in(client, bob)
    assert client.get("/two-factor/totp/activate/")["Location"].startswith("/login/confirm/")
    client.post("/login/confirm/", {"password": PASSWORD})
    page = client.get("/two-factor/totp/activate/").content.decode()
    secret = re.search(r"data-copy=\"([A-Z2-7]{32})\"", page)[1]
    assert client.post("/two-factor/totp/activate/", {"code": "000000"}).status_code == 200
    assert (
        client.post("/two-factor/totp/activate/", {"code": code(secret)})["Location"] == "/two-factor/recovery-codes/"
    )
    codes = client.get("/two-factor/recovery-codes/").content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code>", codes)) == 10
    client.post("/logout/")
    assert sign_in(client, bob) == "/two-factor/authenticate/"
    assert "_auth_user_id" not in client.session
    assert verbs() == ["member.signed_in", "second_factor.added", "member.signed_out"]


def test_a_wrong_code_does_not_let_in_and_a_recovery_code_does_once(client, bob):
    TOTP.activate(bob, SECRET)
    recovery = RecoveryCodes.activate(bob).get_unused_codes()[0]
    sign_in(client, bob)
    client.post("/two-factor/authenticate/", {"code": "123"})
    assert "_auth_user_id" not in client.session
    client.post("/two-factor/authenticate/", {"code": recovery})
    assert client.session["_auth_user_id"] == str(bob.pk)
    client.post("/logout/")
    sign_in(client, bob)
    client.post("/two-factor/authenticate/", {"code": recovery})
    assert "_auth_user_id" not in client.session


def test_new_recovery_codes_replace_the_old_ones(client, bob):
    TOTP.activate(bob, SECRET)
    old = RecoveryCodes.activate(bob).get_unused_codes()
    sign_in(client, bob)
    client.post("/two-factor/authenticate/", {"code": code()})
    client.post("/login/confirm/", {"password": PASSWORD})
    assert client.post("/two-factor/recovery-codes/new/")["Location"] == "/two-factor/recovery-codes/"
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert not set(old) & set(new)
    assert "attachment" in client.get("/two-factor/recovery-codes/file/")["Content-Disposition"]
    assert verbs()[-1] == "second_factor.added"


def test_it_is_turned_off_after_showing_who_one_is(client, bob):
    TOTP.activate(bob, SECRET)
    sign_in(client, bob)
    client.post("/two-factor/authenticate/", {"code": code()})
    client.post("/two-factor/totp/deactivate/")
    assert Authenticator.objects.exists()
    client.post("/login/confirm/", {"password": PASSWORD})
    client.post("/two-factor/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert verbs()[-1] == "second_factor.removed"


def test_an_owner_requires_it_of_everyone(client, alice, bob):
    client.force_login(alice)
    client.post("/settings/members/two-factor/", {"required": "1"})
    assert not second_factor.is_required()  # alice has none herself
    TOTP.activate(alice, SECRET)
    client.post("/settings/members/two-factor/", {"required": "1"})
    assert second_factor.is_required()
    client.force_login(bob)
    assert client.get("/customers/")["Location"] == "/two-factor/"
    assert "requires two-factor" in client.get("/two-factor/").content.decode()
    TOTP.activate(bob, SECRET)
    assert client.get("/preferences/").status_code == 200
    client.force_login(alice)
    client.post("/settings/members/two-factor/", {"required": "0"})
    assert not second_factor.is_required()
    assert verbs() == ["second_factor.required", "second_factor.optional"]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEADER, Role.CSM])
def test_only_an_owner_does(client, alice, bob, role):
    bob.role = role
    bob.save()
    client.force_login(bob)
    assert client.post("/settings/members/two-factor/", {"required": "1"}).status_code == 404


def test_an_admin_helps_who_lost_theirs_but_not_an_owner(client, alice, bob):
    dora = type(bob).objects.create_user("dora@example.com", name="Dora", role=Role.ADMIN)
    for member in (alice, bob):
        TOTP.activate(member, SECRET)
    client.force_login(dora)
    for member in (alice, bob):
        said = client.post(f"/settings/members/{member.pk}/second-factor/", follow=True).content.decode()
        assert ("Only an owner" in said) == (member == alice)
    assert [second_factor.has_one(member) for member in (alice, bob)] == [True, False]
    assert Activity.objects.get().detail == {"kind": "totp"}
