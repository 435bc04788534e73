"""Sessions in the browser: both sides of the limits, and the page that shows them."""

from datetime import timedelta

import pytest

from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.people.models import Member, MemberSession
from tests.web.people.conftest import PASSWORD

PAGE = "/preferences/"


@pytest.fixture
def at(client, bob):
    """at(hours): what the page answers so long after signing in."""
    start = clock.now()
    client.force_login(bob)

    def ask(hours: float) -> int:
        clock.set_clock(lambda: start + timedelta(hours=hours))
        return client.get(PAGE).status_code

    assert ask(0) == 200
    return ask


def test_it_holds_until_three_hours_without_use(at):
    assert at(2.99) == 200
    assert at(5.98) == 200
    assert at(8.98) == 302


def test_it_holds_until_twelve_hours_in_all(at):
    assert [at(hours) for hours in (2.5, 5, 7.5, 10, 11.99)] == [200] * 5
    assert at(12) == 302


def test_it_says_so_and_signing_in_begins_anew(client, at, bob):
    at(3)
    assert "You were signed out" in client.get("/login/").content.decode()
    client.post("/login/", {"login": bob.email, "password": PASSWORD})
    assert client.get(PAGE).status_code == 200


def test_it_shows_ones_own_and_ends_others(client, bob, alice):
    phone, stranger = type(client)(), type(client)()
    for each, member in ((client, bob), (phone, bob), (stranger, alice)):
        each.force_login(member)
    client.get(PAGE)
    phone.get(PAGE, headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU) Safari/605"}, REMOTE_ADDR="198.51.100.7")
    stranger.get(PAGE)
    page = client.get("/sessions/").content.decode()
    assert "Safari, iPhone" in page
    assert "198.51.100.7" in page
    assert page.count("Sign out there") == 1
    other = MemberSession.objects.get(member=alice)
    assert client.post(f"/sessions/{other.pk}/end/").status_code == 404
    client.post(f"/sessions/{MemberSession.objects.get(address='198.51.100.7').pk}/end/")
    assert phone.get(PAGE).status_code == 302
    assert client.get(PAGE).status_code == 200


def test_it_ends_all_others(client, bob):
    phone = type(client)()
    for each in (client, phone):
        each.force_login(bob)
        each.get(PAGE)
    client.post("/sessions/others/end/")
    assert phone.get(PAGE).status_code == 302
    assert client.get(PAGE).status_code == 200


def test_a_new_password_signs_out_everywhere_else_and_not_here(client, bob):
    phone = type(client)()
    for each in (client, phone):
        each.post("/login/", {"login": bob.email, "password": PASSWORD})
        each.get(PAGE)
    new = {"oldpassword": PASSWORD, "password1": "another long secret", "password2": "another long secret"}
    client.post("/password/", new)
    assert client.get(PAGE).status_code == 200
    assert phone.get(PAGE).status_code == 302
    assert MemberSession.objects.count() == 1


def test_it_writes_down_who_came_from_where_and_went(client, bob):
    client.post("/login/", {"login": bob.email, "password": "guess"}, REMOTE_ADDR="198.51.100.7")
    client.post("/login/", {"login": bob.email, "password": PASSWORD}, REMOTE_ADDR="198.51.100.8")
    client.post("/logout/", REMOTE_ADDR="198.51.100.9")
    assert list(Activity.objects.order_by("pk").values_list("verb", "by", "address")) == [
        ("sign_in.failed", "bob@example.com", "198.51.100.7"),
        ("member.signed_in", "Bob", "198.51.100.8"),
        ("member.signed_out", "Bob", "198.51.100.9"),
    ]
    assert not MemberSession.objects.exists()
    assert Member.objects.get(pk=bob.pk).last_seen_at is not None
