"""Excluding users from the counts on the customer page."""

import re

import pytest
from django.test import Client

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import AssignmentRole, User
from tests.web.customers.company import STORIES, user_id

COUNTING = "/customers/users/counting/"
HERE = "/customers/6/#users"
FIR = STORIES[5]  # one champion, two users never seen
CHAMPION, SILENT = user_id(FIR, 1), user_id(FIR, 2)


@pytest.fixture
def counting(customers):
    yield
    customers.set_excluded_users([])


def post(client: Client, *users: int, verb: str = "exclude"):
    return client.post(COUNTING, {"user": users, "verb": verb, "next": HERE}, follow=True)


def part(client: Client, query: str = "") -> str:
    return client.get(f"/customers/6/users/{query}").content.decode()


def excluded() -> list[int]:
    return list(User.objects.exclude(excluded_at=None).order_by("pk").values_list("pk", flat=True))


def test_it_excludes_shows_a_badge_and_filters(alices, counting):
    answer = post(alices, CHAMPION, SILENT)
    assert answer.redirect_chain == [(HERE, 302)]
    assert "2 users are not counted any more." in answer.content.decode()

    shown = part(alices)
    assert shown.count("not counted</span>") == 2
    assert "1 user, 0 seen in 28 days, 1 never seen" in shown
    assert re.findall(r'name="user" value="(\d+)"', shown) == ["603", "601", "602"]
    assert re.findall(r'name="user" value="(\d+)"', part(alices, "?show=excluded")) == ["601", "602"]
    assert re.findall(r'name="user" value="(\d+)"', part(alices, "?show=counted")) == ["603"]


def test_it_takes_it_back(alices, counting):
    answer = post(alices, CHAMPION).content.decode()
    found = re.search(r'action="(/customers/users/counting/\d+/undo/)"', answer)
    assert found
    assert "Put back as it was." in alices.post(found[1], {"next": HERE}, follow=True).content.decode()
    assert excluded() == []
    assert "undone already" in alices.post(found[1], {"next": HERE}, follow=True).content.decode()


def test_it_counts_again(alices, counting):
    post(alices, CHAMPION, SILENT)
    assert "1 user counts again." in post(alices, CHAMPION, verb="include").content.decode()
    assert excluded() == [SILENT]
    assert "It is so already." in post(alices, CHAMPION, verb="include").content.decode()


def test_it_asks_for_a_choice_and_goes_nowhere_else(alices, counting):
    assert "Select at least one user." in post(alices).content.decode()
    assert alices.post(COUNTING, {"user": ["x"], "verb": "forget"}).status_code == 404
    data = {"user": CHAMPION, "verb": "exclude", "next": "https://evil.example/"}
    assert alices.post(COUNTING, data).url == "/customers/"


def test_it_is_not_offered_to_a_csm_and_refused(client, customers, bob, alice):
    assign([FIR.id], AssignmentRole.objects.get(key="csm"), bob, None)
    client.force_login(bob)
    shown = part(client)
    assert "User 6-1" in shown
    assert "data-pick" not in shown
    assert "Exclude from counts" not in shown
    assert post(client, CHAMPION).status_code == 404
    assert excluded() == []
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert strict.post(COUNTING, {"user": CHAMPION, "verb": "exclude"}).status_code == 403
    assert strict.get(COUNTING).status_code == 405
