"""Contacts by hand, and two customers made one and two again."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tenure.accounts.facts import Said, record_facts
from tenure.lib import clock
from tests.web.customers import numbers
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(live_server, open_page, sign_in, alice, customers):  # noqa: F811
    def to(path, **options):
        page = sign_in(open_page(**options), live_server.url, alice)
        page.goto(f"{live_server.url}{path}")
        return page

    with transaction.atomic():
        for key, name, plan in ((9, "Iris Books", "free"), (11, "Kelp Marine", "pro")):
            record_facts([Said(key, 0, {"name": name, "plan": plan})], "CRM", clock.now())
    yield to
    customers.set_merged({})
    numbers.write_days(customers)


WORDS = {
    "en": (
        "Merge another customer into this one",
        "Merge",
        "Kelp Marine was merged into Iris Books.",
        "Take out again",
        "Kelp Marine is a customer of its own again.",
    ),
    "zh-hans": (
        "将另一个客户合并到这里",
        "合并",
        "Kelp Marine已合并到Iris Books。",
        "撤销合并",
        "Kelp Marine已恢复为独立客户。",
    ),
}


@pytest.mark.parametrize("language", WORDS)
def test_it_merges_two_customers_and_undoes_it(browse, alice, language):
    start, merge, merged, take_out, again = WORDS[language]
    alice.language = language
    alice.save()
    page = browse("/customers/9/")
    page.click(f"text={start}")
    page.fill("[name=with]", "kelp marine")
    page.keyboard.press("Enter")
    page.check("input[name=take][value=plan]")
    page.get_by_role("button", name=merge, exact=True).click()
    page.wait_for_selector("h1:has-text('Iris Books')")
    expect(page.locator("#place")).to_contain_text("acct-011")
    page.goto(page.url.replace("/9/", "/11/"))
    page.wait_for_selector("h1:has-text('Iris Books')")
    expect(page.locator(".toasts")).to_contain_text(merged)
    page.click(f"#place >> text={take_out}")
    expect(page.locator(".toasts")).to_contain_text(again)
    page.goto(page.url.replace("/9/", "/11/"))
    page.wait_for_selector("h1:has-text('Kelp Marine')")


def test_it_adds_and_changes_a_contact(browse):
    page = browse("/customers/9/")
    page.click("#contacts >> text=Add a contact")
    page.fill("#drawer [name=name]", "Ada")
    page.check("#drawer input[value=champion]")
    page.fill("#drawer [name=email]", "ada@")
    page.click("#drawer >> text=Add the contact")
    expect(page.locator("#drawer .field-error")).to_contain_text("no e-mail address")
    page.fill("#drawer [name=email]", "ada@iris.example")
    page.click("#drawer >> text=Add the contact")
    expect(page.locator(".toasts")).to_contain_text("Ada was added.")
    page.click("#contacts >> text=Ada")
    page.click("#drawer >> text=Left the customer")
    expect(page.locator("#contacts tbody tr.contact-left")).to_have_count(1)
    page.click(".toasts >> text=Undo")
    expect(page.locator("#contacts tbody tr.contact-left")).to_have_count(0)
    page.goto(page.url.split("/customers/")[0] + "/contacts/?q=iris.example")
    expect(page.locator("tbody tr")).to_have_count(1)
