"""The first day: from nothing to a customer's page with the number that was sent."""

import re

import pytest
import segment.analytics as analytics
from playwright.sync_api import Page, expect

from tests.cli.running import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SENT = 7


def create_owner(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Name").fill("Alice")
    page.get_by_label("E-mail").fill("alice@example.com")
    for field in page.locator("input[type=password]").all():
        field.fill("correct horse battery")
    page.get_by_role("button", name="Create the owner").click()


def connect_source(page: Page) -> str:
    """Makes a source in the browser and returns its write key."""
    page.get_by_role("link", name="Sources").click()
    page.get_by_text("Connect a source").first.click()
    page.get_by_label("What sends the events").fill("Our web app")
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_text("Waiting for your first event")).to_be_visible()
    snippet = page.locator("[role=tabpanel]:visible pre").last.inner_text()
    found = re.search(r"Bearer (\S+)'", snippet)
    assert found
    return found[1]


def send(url: str, key: str) -> None:
    """What a product does with the real SDK."""
    client = analytics.Client(write_key=key, host=url, sync_mode=True)
    client.group("ada", "acme", {"name": "Acme Ltd"})
    for number in range(SENT):
        client.track("ada" if number % 2 else "ben", "Report Viewed", context={"groupId": "acme"})


def test_it_goes_from_nothing_to_a_customer_with_its_number(open_page, tmp_path):
    with Installation(tmp_path / "data", new=True, TENURE_REFRESH_SECONDS="2").serve() as server:
        page = open_page()
        create_owner(page, server.url)
        key = connect_source(page)
        send(server.url, key)
        expect(page.get_by_role("heading", name="First event arrived")).to_be_visible(timeout=20_000)
        expect(page.locator("#live").get_by_text("Report Viewed").first).to_be_visible()

        page.get_by_role("link", name="See your customers").click()
        link = page.get_by_role("link", name="Acme Ltd")
        for _ in range(20):
            if link.count():
                break
            page.wait_for_timeout(1000)
            page.reload()
        link.first.click()
        expect(page.get_by_role("heading", name="Acme Ltd")).to_be_visible()
        tile = page.locator("*", has_text=re.compile(r"^Value events, 28 days")).last
        expect(page.locator("body")).to_contain_text("Value events")
        assert str(SENT) in tile.locator("xpath=..").inner_text()
        page.close()  # while the server is there: parts of the page still load


def test_it_shows_every_settings_page_without_an_error(open_page, tmp_path):
    with Installation(tmp_path / "data").serve() as server:
        page = open_page()
        create_owner(page, server.url)
        for path in ("sources", "events", "features", "quarantine", "jobs", "system"):
            answer = page.goto(f"{server.url}/settings/{path}/")
            assert answer is not None and answer.status == 200
            expect(page.locator("h1")).to_be_visible()
        page.close()
