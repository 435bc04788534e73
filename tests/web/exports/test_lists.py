"""Every list of the product can be taken away, by whoever sees its page and may export."""

from django.urls import reverse

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account
from tenure.lib import clock
from tenure.ui.listing import listings
from tenure.web.customers import book, people
from tenure.work.content import Content, Step
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import FollowUpType
from tests.exports.taking import rows, take
from tests.web.customers.company import STORIES, TODAY

LISTS = {
    "audit",
    "contacts",
    "customers",
    "events",
    "follow-ups",
    "imports",
    "jobs",
    "members",
    "metrics",
    "promises",
    "quarantine",
    "segments",
    "sources",
    "team",
    "users",
}


def test_every_list_is_there_and_has_a_page(alices, alice):
    found = listings()
    assert found.keys() >= LISTS
    wrong = {}
    for name in LISTS:
        answer = take(alices, name)
        if answer.status_code != 200 or b"".join(answer.streaming_content).count(b",") < 3:
            wrong[name] = answer.status_code
        if alices.get(reverse(found[name].page)).status_code != 200:
            wrong[f"page of {name}"] = found[name].page
    assert not wrong


def test_whoever_does_not_see_the_page_gets_no_file(client, bob, db):
    client.force_login(bob)
    hidden = ("audit", "events", "imports", "jobs", "members", "quarantine", "sources")
    assert {name: take(client, name).status_code for name in hidden} == dict.fromkeys(hidden, 404)


def test_customers_come_in_the_order_of_the_list_however_many_are_read_at_once(alices, monkeypatch):
    whole = [row["Customer"] for row in rows(take(alices, "customers", "sort=-score"))]
    monkeypatch.setattr(book, "AT_ONCE", 5)
    assert [row["Customer"] for row in rows(take(alices, "customers", "sort=-score"))] == whole
    assert len(whole) == len(STORIES)


def test_the_users_of_one_customer_and_of_all(alices, monkeypatch):
    monkeypatch.setattr(people, "AT_ONCE", 2)
    one = rows(take(alices, "users", "account=1"))
    assert {row["Customer id"] for row in one} == {"acct-001"}
    page = alices.get("/customers/1/users/").content.decode()
    assert 'action="/settings/exports/make/users/?account=1"' in page
    assert one[0]["User"] in page
    every = rows(take(alices, "users"))
    assert [row for row in every if row["Customer id"] == "acct-001"] == one
    assert len({row["Customer id"] for row in every}) > 5
    assert take(alices, "users", "account=999").status_code == 404


def test_promises_as_the_page_shows_them(alices, alice):
    account = Account.objects.get(pk=1)
    content = Content(
        type=FollowUpType.objects.all()[0], at=clock.now(), notes="x", next_steps=(Step("Send the offer", TODAY),)
    )
    log_follow_up(account, content, actor=alice)
    (promise,) = rows(take(alices, "promises"))
    assert (promise["Promise"], promise["Customer id"], promise["Owner"]) == ("Send the offer", "acct-001", "Alice")
    assert rows(take(alices, "promises", "kept=1")) == []
    assert 'action="/settings/exports/make/promises/"' in alices.get("/work/promises/").content.decode()


def test_what_a_spreadsheet_would_run_is_only_text(alices, alice):
    add_contact(Account.objects.get(pk=1), Details("=HYPERLINK(1)", title="@SUM(1)"), alice)
    (contact,) = rows(take(alices, "contacts"))
    assert (contact["Contact"], contact["Title"]) == ("'=HYPERLINK(1)", "'@SUM(1)")
