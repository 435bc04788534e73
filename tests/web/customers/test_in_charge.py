"""The people in charge on the customer page and in the list, and one's own book."""

import re

import pytest
from django.test import Client

from tenure.accounts.assignments.reading import book_of, without_anybody
from tenure.accounts.assignments.verbs import assign, unassign
from tenure.accounts.models import Account, Assignment, AssignmentRole
from tenure.accounts.search.keeping import names_changed
from tenure.people.models import Department, Member, Role
from tests.exports.taking import rows as rows_of
from tests.exports.taking import take
from tests.web.customers.company import STORIES, TODAY
from tests.web.customers.test_list import names

HAZEL, IRIS = 8, 9
CHANGE = f"/customers/{HAZEL}/in-charge/"


def csm() -> AssignmentRole:
    return AssignmentRole.objects.get(key="csm")


@pytest.fixture
def bobs(client, customers, bob) -> Client:
    """bob's browser; he looks after Hazel Bank and Iris Books."""
    assign([HAZEL, IRIS], csm(), bob, None)
    client.force_login(bob)
    return client


def test_a_csm_sees_their_own_book_everywhere(bobs):
    assert sorted(names(bobs.get("/customers/"))) == ["Hazel Bank", "Iris Books"]
    assert [row["Customer"] for row in rows_of(take(bobs, "customers", "sort=name"))] == [
        "Hazel Bank",
        "Iris Books",
    ]
    assert names(bobs.get("/customers/?q=alder")) == []
    names_changed(Account, list(Account.objects.values_list("pk", flat=True)), new=True)
    assert "der Logistics" not in bobs.get("/search/?q=al").content.decode()
    assert "el Bank" in bobs.get("/search/?q=haz").content.decode()
    counts = re.findall(r'class="chip[^"]*".*?<b>(\d+)</b>', bobs.get("/customers/").content.decode(), re.S)
    assert sum(map(int, counts)) == 2
    for place in ("", "drawer/", "users/", "events/", "metrics/breadth/"):
        assert bobs.get(f"/customers/{HAZEL}/{place}").status_code == 200
        assert bobs.get(f"/customers/1/{place}").status_code == 404


def test_a_metric_is_told_of_ones_own_book_only(bobs, alice):
    mine = bobs.get("/settings/metrics/opened_users/").content.decode()
    assert "Hazel Bank" in mine
    assert "Alder Logistics" not in mine
    of_two = re.search(
        r'data-label="Median"[^>]*>([^<]*)', bobs.get("/settings/metrics/?q=opened_users").content.decode()
    )
    bobs.force_login(alice)
    of_all = re.search(
        r'data-label="Median"[^>]*>([^<]*)', bobs.get("/settings/metrics/?q=opened_users").content.decode()
    )
    assert of_two and of_all
    assert of_two[1] != of_all[1]


def test_it_filters_by_who_is_in_charge(alices, bob, alice):
    assign([HAZEL, IRIS], csm(), bob, alice)
    assign([3], csm(), alice, alice)
    assert sorted(names(alices.get(f"/customers/?charge={bob.pk}"))) == ["Hazel Bank", "Iris Books"]
    assert names(alices.get("/customers/?charge=me")) == ["Cedar Health"]
    assert len(names(alices.get("/customers/?charge=nobody"))) == len(STORIES) - 3
    assert len(names(alices.get("/customers/?charge=999"))) == len(STORIES)
    page = alices.get(f"/customers/?charge={bob.pk}&sort=name").content.decode()
    assert "In charge: Bob" in page
    assert f"/customers/{HAZEL}/?sort=name&amp;charge={bob.pk}" in page


def test_its_menu_names_those_in_charge_when_it_is_opened(alices, bob, alice):
    assign([HAZEL], csm(), bob, alice)
    assert "charge=me" not in alices.get("/customers/?sort=name").content.decode()
    opened = alices.get("/customers/?sort=name&menu=charge").content.decode()
    assert f'href="/customers/?sort=name&amp;charge={bob.pk}"' in opened
    assert "Hazel Bank" not in opened
    assert "menu=" not in opened


def test_the_list_names_the_csm_of_the_day(alices, bob, alice):
    assign([HAZEL], csm(), bob, alice)
    column = {row["Customer"]: row["CSM"] for row in rows_of(take(alices, "customers"))}
    assert (column["Hazel Bank"], column["Alder Logistics"]) == ("Bob", "")
    Assignment.objects.update(since=f"{TODAY}T00:00:00Z")
    before = rows_of(take(alices, "customers", "day=2026-06-29"))
    assert {row["CSM"] for row in before} == {""}


def test_the_list_names_those_of_merged_customers_too(alices, bob, alice, charlie):
    assign([HAZEL, IRIS], csm(), charlie, alice)
    assign([IRIS], csm(), bob, alice)
    assign([3], csm(), bob, alice)
    Account.objects.filter(pk__in=[IRIS, 3]).update(merged_into=HAZEL)
    column = {row["Customer"]: row["CSM"] for row in rows_of(take(alices, "customers"))}
    assert column["Hazel Bank"] == "Charlie, Bob"
    unassign([HAZEL], csm(), charlie, alice)
    assert HAZEL not in without_anybody(None)
    unassign([IRIS, 3], csm(), bob, alice)
    assert HAZEL in without_anybody(None)


def test_it_puts_somebody_in_charge_in_place_and_takes_it_back(alices, bob, alice):
    answer = alices.post(CHANGE, {"role": "csm", "member": bob.pk, "reason": "New book"}, follow=True).content.decode()
    assert "Bob is in charge now." in answer
    assert "New book" in answer
    undo = re.search(r'action="(/team/changes/\d+/undo/)"', answer)
    assert undo
    alices.post(undo[1])
    assert not Assignment.objects.exists()
    alices.post(CHANGE, {"role": "csm", "member": bob.pk})
    assert (
        "Bob is not in charge any more."
        in alices.post(CHANGE, {"role": "csm", "off": bob.pk}, follow=True).content.decode()
    )
    assert book_of(bob.pk, None) == frozenset()


def held_as_csm(response):
    held = next(each for each in response.context["in_charge"] if each.role.key == "csm")
    return [[each.member.name for each in some] for some in (held.now, held.merged, held.before)]


def test_it_names_those_in_charge_of_what_was_merged_and_takes_them_off(alices, bob, alice):
    assign([HAZEL], csm(), alice, None)
    assign([IRIS], csm(), bob, None)
    Account.objects.filter(pk=IRIS).update(merged_into=HAZEL)
    page = alices.get(f"/customers/{HAZEL}/")
    assert held_as_csm(page) == [["Alice"], ["Bob"], []]
    assert "of Iris Books" in page.content.decode()
    alices.post(CHANGE, {"role": "csm", "off": bob.pk})
    assert held_as_csm(alices.get(f"/customers/{HAZEL}/")) == [["Alice"], [], ["Bob"]]
    Account.objects.filter(pk=IRIS).update(merged_into=None)
    assert held_as_csm(alices.get(f"/customers/{HAZEL}/")) == [["Alice"], [], []]


def test_it_keeps_that_somebody_was_in_charge_when_that_is_taken_back(alices, bob, alice):
    assign([HAZEL], csm(), alice, alice)
    change = assign([HAZEL], csm(), bob, alice)
    alices.post(f"/team/changes/{change.pk}/undo/")
    page = alices.get(f"/customers/{HAZEL}/")
    assert held_as_csm(page) == [["Alice"], [], ["Bob"]]
    assert "taken back" in page.content.decode()


def test_it_refuses_who_may_not_be_put_in_charge(alices, bob, charlie):
    for wrong in (
        {"role": "csm", "member": charlie.pk},
        {"role": "csm", "member": "x"},
        {"role": "none", "member": bob.pk},
    ):
        assert alices.post(CHANGE, wrong).status_code == 404
    assert "Choose somebody." in alices.post(CHANGE, {"role": "csm"}, follow=True).content.decode()
    assert not Assignment.objects.exists()


def test_a_leader_changes_nothing_outside_the_departments_below(client, customers, bob):
    success, sales = (Department.objects.create(name=name) for name in ("Success", "Sales"))
    lee = Member.objects.create_user("lee@example.com", role=Role.LEADER, department=success)
    bob.department = success
    bob.save()
    eve = Member.objects.create_user("eve@example.com", role=Role.CSM, department=sales)
    assign([HAZEL], csm(), bob, None)
    assign([HAZEL], AssignmentRole.objects.get(key="sales"), eve, None)
    client.force_login(lee)
    assert client.post(CHANGE, {"role": "csm", "member": eve.pk}).status_code == 404
    assert client.post(CHANGE, {"role": "sales", "member": bob.pk}).status_code == 404
    assert client.post(CHANGE, {"role": "csm", "member": lee.pk}).status_code == 302
    assert book_of(lee.pk, None) == {HAZEL}
    assert Account.objects.get(pk=HAZEL).assignments.filter(until=None).count() == 2
