"""Single sign-on against a provider on this machine: members and invited people by their verified address only."""

from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount

from tenure.activity.models import Activity
from tenure.people.invitations import invite
from tenure.people.models import Member, Role
from tests.web.people import provider as local


class _Stay(HTTPErrorProcessor):
    def http_response(self, request, response):
        return response


@pytest.fixture
def provider(settings, monkeypatch):
    with local.running() as running:
        app = {"provider_id": "company", "name": "Acme SSO", "client_id": "tenure", "secret": "s"}
        apps = [{**app, "settings": {"server_url": running.url}}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
        monkeypatch.setitem(settings.CONFIG.__dict__, "oidc_url", running.url)
        monkeypatch.setitem(settings.CONFIG.__dict__, "oidc_name", "Acme SSO")
        yield running


def come(client, provider, sub="7", email="bob@example.com", verified=True):
    """Follows the way a browser goes; what Tenure answers in the end."""
    provider.claims = {"sub": sub, "email": email, "email_verified": verified, "name": "Bob of Acme"}
    asked = client.get("/oidc/company/login/")
    assert asked["Location"].startswith(f"{provider.url}/authorize?")
    back = build_opener(_Stay).open(asked["Location"]).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_member_comes_in_by_their_verified_address(client, bob, provider):
    assert "Acme SSO" in client.get("/login/").content.decode()
    assert come(client, provider, email="Bob@Example.com")["Location"] == "/"
    assert who(client) == str(bob.pk)
    assert Activity.objects.get().verb == "member.signed_in"
    client.post("/logout/")
    come(client, provider)
    assert who(client) == str(bob.pk)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"verified": False},
        {"email": "stranger@example.com"},
        {"email": "charlie@example.com"},  # whose access has ended
        {"email": ""},
    ],
)
def test_nobody_else_does(client, bob, charlie, provider, claims):
    answer = come(client, provider, **claims)
    assert answer["Location"] == "/login/"
    assert who(client) is None
    assert "Ask to be invited" in client.get("/login/").content.decode()
    assert Member.objects.count() == 2
    assert not SocialAccount.objects.exists()


def test_an_identity_that_changes_its_address_to_another_members_stays_out(client, alice, bob, provider):
    come(client, provider)
    client.post("/logout/")
    come(client, provider, email="alice@example.com")
    assert who(client) is None


def test_who_is_invited_joins_without_a_password(client, alice, provider):
    invite("eve@example.com", role=Role.LEADER, actor=alice)
    come(client, provider, email="eve@example.com")
    eve = Member.objects.get(email="eve@example.com")
    assert (eve.role, eve.name, eve.has_usable_password(), who(client)) == ("leader", "Bob of Acme", False, str(eve.pk))


def test_it_asks_no_unencrypted_address_but_the_configured_one(client, bob, provider):
    with local.running() as other:
        provider.token_endpoint = f"{other.url}/token"
        answer = come(client, provider)
        assert other.asked == []
    assert answer["Location"] == "/login/"
    assert who(client) is None


def test_a_forged_return_is_refused(client, bob, provider):
    provider.claims = {"sub": "7", "email": "bob@example.com", "email_verified": True}
    answer = client.get("/oidc/company/login/callback/?code=the-code&state=forged")
    assert who(client) is None
    assert answer.status_code in (200, 302, 401)


def test_without_a_provider_there_is_no_such_page(client, bob):
    assert client.get("/oidc/company/login/").status_code == 404
    assert "oidc" not in client.get("/login/").content.decode()
