"""A sync through the pages: set up, its columns chosen, run, failed with its reason, mended and run again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tenure.accounts.models import Account
from tenure.integrations.models import Sync
from tenure.jobs.claim import new_worker
from tenure.jobs.worker import run_once
from tests.integrations.conftest import opened, syncing  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOURCE = {"Name": "Billing", "File": "crm.sqlite", "Query": "select account_id, plan from customers"}
ROWS = "insert into customers values ('acme', 'pro', 3, ''), ('bolt', 'free', 1, ''), ('', 'x', 1, '')"


def test_it_leads_from_a_source_to_a_run_that_failed_and_was_mended(live_server, open_page, sign_in, syncing):  # noqa: F811
    syncing.sqlite(ROWS)
    page = sign_in(open_page(), live_server.url, syncing.actor)

    def press(name: str) -> None:
        page.get_by_role("button", name=name).click()

    def ended(state: str) -> None:
        """Does the run that waits; the page says by itself that it ended."""
        expect(page.locator("#sync-progress")).to_contain_text("It waits for its turn.")
        assert run_once(new_worker(), key=f"sync:{Sync.objects.get().pk}")
        expect(page.locator(".page-note .tag")).to_have_text(state)

    page.goto(live_server.url + reverse("sync:choose"))
    page.get_by_role("link", name="SQLite").click()
    for label, text in SOURCE.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Only when asked").check()
    press("Test and look at the columns")
    expect(page.locator("table.plain").first).to_contain_text("acme")
    press("Start the sync")
    ended("Well")
    page.locator("#main table tbody tr").first.click()
    expect(page.locator("dialog table tbody td")).to_have_text(["Billing", "2", "0", "0", "1"])
    page.keyboard.press("Escape")

    syncing.sqlite("alter table customers rename to clients")
    press("Run now")
    ended("Failed")
    expect(page.get_by_role("alert")).to_contain_text("no such table: customers")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Query", exact=True).fill("select account_id, 'max' as plan from clients")
    press("Test and save")
    press("Run now")
    ended("Well")
    expect(page.locator("#main table tbody tr td:nth-child(2)")).to_have_text(["Done", "Failed", "Done"])
    assert set(Account.objects.values_list("traits__plan", flat=True)) == {"max"}
