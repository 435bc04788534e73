"""Invited, joined, signed in again: in both languages; and signing in with a passkey."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRole
from tenure.people.models import Member
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"
WORDS = {
    "en": {
        "locale": "en-US",
        "invite": "Invite",
        "email": "E-mail address",
        "name": "Your name",
        "password": "Password",
        "join": "Join",
        "sign in": "Sign in",
        "customers": "Customers",
    },
    "zh-hans": {
        "locale": "zh-CN",
        "invite": "邀请",
        "email": "邮箱地址",
        "name": "姓名",
        "password": "密码",
        "join": "加入",
        "sign in": "登录",
        "customers": "客户",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_it_invites_lets_in_and_shows_ones_own_book(open_page, sign_in, live_server, alice, customers, language):  # noqa: F811
    words = WORDS[language]
    Member.objects.filter(pk=alice.pk).update(language=language)
    owner = sign_in(open_page(locale=words["locale"]), live_server.url, alice)
    owner.goto(f"{live_server.url}/settings/members/")
    owner.locator("[data-drawer$='/invite/']").click()
    drawer = owner.locator("#drawer")
    drawer.get_by_label(words["email"]).fill("eve@example.com")
    drawer.locator("select[name=language]").select_option(language)
    drawer.get_by_role("button", name=words["invite"]).click()
    link = owner.locator("[data-copy*='/invitation/']").get_attribute("data-copy")

    eve = open_page(locale=words["locale"])
    eve.goto(link)
    eve.get_by_label(words["name"]).fill("Eve")
    eve.get_by_label(words["password"], exact=True).fill(PASSWORD)
    eve.get_by_role("button", name=words["join"], exact=True).click()
    expect(eve.get_by_role("heading", name=words["customers"], exact=True)).to_be_visible()
    expect(eve.locator("tbody tr")).to_have_count(0)
    role = AssignmentRole.objects.get(key="csm")
    assign([Account.objects.get(name="Birch Foods").pk], role, Member.objects.get(name="Eve"), alice)

    again = open_page(locale=words["locale"])
    again.goto(live_server.url)
    again.get_by_label(words["email"]).fill("eve@example.com")
    again.get_by_label(words["password"], exact=True).fill(PASSWORD)
    again.get_by_role("button", name=words["sign in"], exact=True).click()
    expect(again.locator("tbody th > a")).to_have_text(["Birch Foods"])
    again.goto(link)
    expect(again.get_by_role("link", name=words["sign in"])).to_be_visible()  # the link is used up


def authenticator(page: Page) -> None:
    """A device of the browser's own that says yes to every passkey."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_it_adds_a_passkey_and_signs_in_with_it_alone(open_page, live_server, bob):
    server = live_server.url.replace("127.0.0.1", "localhost")  # passkeys need a name
    page = open_page()
    authenticator(page)
    page.goto(f"{server}/login/")
    page.get_by_label("E-mail address").fill(bob.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{server}/two-factor/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{server}/two-factor/")
    expect(page.get_by_text("My laptop")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{server}/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/customers/**")
    page.goto(f"{server}/sessions/")
    expect(page.get_by_role("heading", name="Your sessions")).to_be_visible()
    assert settings.SESSION_COOKIE_NAME in {cookie["name"] for cookie in page.context.cookies()}
