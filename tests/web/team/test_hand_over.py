"""Handing a book over: choose, preview, do, undo."""

import re

import pytest

from tenure.accounts.assignments.reading import book_of
from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRole
from tenure.people.models import Department, Member, Role
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures


@pytest.fixture
def team(client, customers):  # noqa: F811
    """lee leads ann, who looks after accounts 1 to 3, and bo and cy; lee's browser is signed in."""
    success = Department.objects.create(name="Success")
    made = {
        name: Member.objects.create_user(f"{name}@x.example", name=name.title(), role=role, department=success)
        for name, role in {"lee": Role.LEADER, "ann": Role.CSM, "bo": Role.CSM, "cy": Role.CSM}.items()
    }
    assign([1, 2, 3], AssignmentRole.objects.get(key="csm"), made["ann"], made["lee"])
    client.force_login(made["lee"])
    return made


def mark(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_it_previews_does_and_undoes(client, team):
    url = f"/team/hand-over/{team['ann'].pk}/"
    choice = {"role": "csm", "to": [team["bo"].pk, team["cy"].pk], "way": "least_accounts", "reason": "Ann leaves"}
    preview = client.post(url, {**choice, "verb": "preview"}).content.decode()
    assert "Nothing is changed yet." in preview
    assert preview.count(">Ann</td>") == 3
    assert book_of(team["ann"].pk, None) == {1, 2, 3}

    done = client.post(url, {**choice, "verb": "confirm", "seen": mark(preview)}, follow=True).content.decode()
    assert "3 customers have somebody else in charge." in done
    assert (book_of(team["bo"].pk, None), book_of(team["cy"].pk, None)) == ({1, 3}, {2})

    undo = re.search(r'action="(/team/changes/\d+/undo/)"', done)
    assert undo
    client.post(undo[1])
    assert book_of(team["ann"].pk, None) == {1, 2, 3}


def test_it_shows_the_preview_again_when_the_book_changed(client, team):
    url = f"/team/hand-over/{team['ann'].pk}/"
    choice = {"role": "csm", "to": [team["bo"].pk], "way": "round_robin"}
    seen = mark(client.post(url, {**choice, "verb": "preview"}).content.decode())
    assign([4], AssignmentRole.objects.get(key="csm"), team["ann"], team["lee"])
    answer = client.post(url, {**choice, "verb": "confirm", "seen": seen}).content.decode()
    assert "Something changed since you looked." in answer
    assert book_of(team["bo"].pk, None) == frozenset()


def test_by_hand_each_customer_may_go_to_somebody_else(client, team):
    csm = AssignmentRole.objects.get(key="csm").pk
    url = f"/team/hand-over/{team['ann'].pk}/"
    choice = {"role": "csm", "to": [team["bo"].pk, team["cy"].pk], "way": "by_hand"}
    preview = client.post(url, {**choice, "verb": "preview"}).content.decode()
    client.post(url, {**choice, f"to-{csm}-2": team["cy"].pk, "verb": "confirm", "seen": mark(preview)})
    assert (book_of(team["bo"].pk, None), book_of(team["cy"].pk, None)) == ({1, 3}, {2})


def test_it_asks_for_a_successor(client, team):
    answer = client.post(f"/team/hand-over/{team['ann'].pk}/", {"role": "csm", "verb": "preview"}).content.decode()
    assert "Choose at least one successor." in answer


def test_it_assigns_customers_chosen_in_the_list_and_leaves_those_of_others(client, team):
    eve = Member.objects.create_user("eve@x.example", role=Role.CSM, department=Department.objects.create(name="Sales"))
    assign([2], AssignmentRole.objects.get(key="sales"), eve, None)
    choice = {"account": [1, 2, 9], "role": "sales", "to": team["bo"].pk, "way": "round_robin"}
    preview = client.post("/team/hand-over/", {**choice, "verb": "preview"}).content.decode()
    assert "1 customer is looked after by somebody outside your departments" in preview
    assert "2 customers are chosen." in preview  # the third is not one of theirs
    client.post("/team/hand-over/", {**choice, "verb": "confirm", "seen": mark(preview), "next": "/customers/"})
    assert book_of(team["bo"].pk, None) == {1}
    assert book_of(eve.pk, None) == {2}


def test_the_team_page_counts_books_and_names_who_left_one_behind(client, team):
    page = client.get("/team/").content.decode()
    assert re.search(rf'href="/customers/\?charge={team["ann"].pk}"', page)
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*Ann.*?</tr>", page, re.S)
    assert row and 'class="spread"' in row[0]
    assert re.search(r'data-label="Customers">3<', row[0])
    assert "left and is still in charge" not in page
    Member.objects.filter(pk=team["ann"].pk).update(is_active=False)
    assert "Ann left and is still in charge of 3 customers." in client.get("/team/").content.decode()
    assert Account.objects.filter(assignments__member=team["ann"]).count() == 3
