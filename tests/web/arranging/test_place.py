"""Groups of customers and merging on the pages; each test takes back in the warehouse what it merged."""

import re

import pytest
from django.db import transaction

from tenure.accounts.facts import Said, record_facts
from tenure.accounts.hierarchy import set_parent
from tenure.accounts.models import Account, AccountMerge
from tenure.accounts.search.keeping import names_changed
from tenure.lib import clock
from tests.web.customers import numbers
from tests.web.customers.conftest import alices, customers, written  # noqa: F401 — fixtures


@pytest.fixture
def merging(customers):  # noqa: F811
    yield
    customers.set_merged({})
    numbers.write_days(customers)  # other tests read what merging took away


def place(client, pk: int) -> str:
    return client.get(f"/customers/{pk}/place/").content.decode()


def test_it_puts_a_customer_under_another_and_takes_it_out(alices, customers):  # noqa: F811
    answer = alices.post("/customers/2/parent/", {"parent": "Alder Logistics"}, follow=True)
    assert answer.redirect_chain == [("/customers/2/", 302)]
    assert ">Alder Logistics</a>" in answer.content.decode()  # in the trail
    shown = place(alices, 1)
    assert ">Birch Foods</a>" in shown
    assert "Sum of 2 customers" in shown
    assert (
        "itself or below it"
        in alices.post("/customers/1/parent/", {"parent": "acct-002"}, follow=True).content.decode()
    )
    alices.post("/customers/2/parent/", {"out": "1"})
    assert Account.objects.get(pk=2).parent is None


def test_it_does_not_name_a_group_out_of_sight(client, bob, customers):  # noqa: F811
    set_parent(Account.objects.get(pk=2), Account.objects.get(pk=1), None)
    client.force_login(bob)
    assert client.get("/customers/2/place/").status_code == 404


def test_it_previews_merges_and_undoes(alices, merging):  # noqa: F811
    with transaction.atomic():
        record_facts([Said(1, 0, {"name": "Alder Logistics", "plan": "pro"})], "CRM", clock.now())
        said = {"name": "Birch Foods", "plan": "free", "city": "Rome", "company_size": "1-49"}
        record_facts([Said(2, 0, said)], "CRM", clock.now())
    shown = alices.get("/customers/1/merge/?with=Birch+Foods").content.decode()
    assert 'name="take" value="plan"' in shown
    assert "city: Rome" in shown
    assert "Company size: 1–49 people" in shown
    answer = alices.post("/customers/1/merge/", {"with": "acct-002", "take": ["plan"]}, follow=True)
    assert answer.redirect_chain == [("/customers/1/", 302)]
    assert "Birch Foods lives on here." in answer.content.decode()
    assert Account.objects.get(pk=1).traits["plan"] == "free"
    undo = re.search(r'action="(/customers/merges/\d+/undo/)"', answer.content.decode())
    assert undo

    there = alices.get("/customers/2/", follow=True)
    assert there.redirect_chain == [("/customers/1/", 302)]
    assert "Birch Foods was merged into Alder Logistics." in there.content.decode()
    assert "acct-002" in place(alices, 1)
    assert ">Birch Foods</a>" not in alices.get("/customers/").content.decode()
    names_changed(Account, [1, 2], new=True)
    assert "Alder Logistics" in alices.get("/search/?q=Birch").content.decode()

    alices.post(undo[1])
    assert alices.get("/customers/2/").status_code == 200
    assert Account.objects.get(pk=1).traits["plan"] == "pro"
    assert "undone already" in alices.post(undo[1], follow=True).content.decode()


def test_it_says_why_it_cannot(alices, customers):  # noqa: F811
    assert "There is no customer" in alices.get("/customers/1/merge/?with=nobody").content.decode()
    assert "this customer itself" in alices.get("/customers/1/merge/?with=acct-001").content.decode()


def test_it_is_for_those_who_arrange(client, bob, customers):  # noqa: F811
    client.force_login(bob)
    for path in ("/customers/1/merge/", "/customers/1/parent/", "/customers/merges/1/undo/"):
        assert client.post(path, {"with": "acct-002"}).status_code == 404
    assert not AccountMerge.objects.exists()


def test_it_narrows_the_list_to_a_group_and_names_it(alices, customers):  # noqa: F811
    assert 'href="/customers/?group=' not in alices.get("/customers/").content.decode()
    set_parent(Account.objects.get(pk=2), Account.objects.get(pk=1), None)
    shown = alices.get("/customers/?group=1&columns=group").content.decode()
    assert "2 rows" in shown
    assert "Group: Alder Logistics" in shown
    assert '<td class="k-text" data-label="Group">Alder Logistics</td>' in shown
    assert "12 rows" in alices.get("/customers/?group=999").content.decode()
