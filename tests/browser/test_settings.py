"""The settings pages by hand: choosing events and doing something with them, tabs, copying, questions."""

import pytest
from playwright.sync_api import Page, expect

from tenure.events.models import EventType
from tenure.warehouse import current
from tests.events.conftest import open_house

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SENT = 53  # two pages


@pytest.fixture
def house(transactional_db, tmp_path):
    house = open_house(tmp_path)
    house.send(*({"event": f"Report {number:02} Viewed", "user": "ada", "account": "acme"} for number in range(SENT)))
    current.use(house.store)
    yield house
    current.use(None)
    house.inbox.close()
    house.store.close()


@pytest.fixture
def settings_page(house, live_server, open_page, sign_in, alice):
    def at(path: str, **options: object) -> Page:
        page = sign_in(open_page(**options), live_server.url, alice)
        page.goto(f"{live_server.url}/settings/{path}")
        return page

    return at


def grouped() -> list[str]:
    return list(EventType.objects.exclude(feature=None).order_by("name").values_list("name", flat=True))


def bar(page: Page):
    return page.locator(".bulk-bar")


def test_it_selects_by_keys_groups_and_takes_it_back(settings_page):
    page = settings_page("events/?sort=name&class=2")
    expect(bar(page)).to_be_hidden()
    for key in "jxjjx":
        page.keyboard.press(key)
    expect(page.locator(".bulk-count")).to_have_text("2 selected")
    expect(page.locator("output[data-picked-said]")).to_have_text("2 selected")  # what a screen reader hears
    page.get_by_label("Feature, existing or new").fill("Reports")
    page.keyboard.press("Enter")

    expect(page.locator(".toast-line")).to_contain_text("2 events put into the feature.")
    assert page.url.endswith("?sort=name&class=2")
    assert grouped() == ["Report 00 Viewed", "Report 02 Viewed"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast-line")).to_contain_text("Put back as it was.")
    assert page.url.endswith("?sort=name&class=2")
    assert grouped() == []


def test_it_selects_a_run_and_the_page_and_nothing_after_a_swap(settings_page):
    page = settings_page("events/?sort=name")
    page.get_by_label("Select Report 01 Viewed").check()
    page.get_by_label("Select Report 04 Viewed").click(modifiers=["Shift"])
    expect(page.locator(".bulk-count")).to_have_text("4 selected")
    assert page.get_by_label("Select all on this page").evaluate("box => box.indeterminate")
    page.get_by_label("Select all on this page").check()
    expect(page.locator(".bulk-count")).to_have_text("50 selected")

    page.get_by_role("link", name="Next").click()
    expect(page.get_by_label("Select Report 52 Viewed")).to_be_visible()
    expect(bar(page)).to_be_hidden()
    page.get_by_label("Select all on this page").check()
    expect(page.locator(".bulk-count")).to_have_text("3 selected")
    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()

    page.get_by_label("Select Report 52 Viewed").check()
    page.get_by_role("button", name="Mark as Ignored").click()
    expect(page.locator(".toast-line")).to_contain_text("1 event marked.")
    assert "page=2" in page.url
    assert EventType.objects.get(event_class=0).name == "Report 52 Viewed"


def test_it_selects_on_a_phone(settings_page):
    page = settings_page("events/?sort=name", viewport={"width": 390, "height": 844}, has_touch=True)
    page.get_by_label("Select Report 00 Viewed").tap()
    expect(bar(page)).to_be_in_viewport()
    page.get_by_role("button", name="All on this page").tap()
    expect(page.locator(".bulk-count")).to_have_text("50 selected")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Clear").tap()
    expect(bar(page)).to_be_hidden()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_it_changes_tabs_copies_and_asks_before_it_revokes(settings_page, house):
    page = settings_page(f"sources/{house.source.pk}/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first, second = page.get_by_role("tab").nth(0), page.get_by_role("tab").nth(1)
    first.click()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=tabpanel]:visible")).to_have_count(1)

    key = house.source.keys.get()
    page.locator("td").get_by_role("button", name="Copy").click()
    expect(page.locator(".copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == key.key

    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Revoke").click()
    key.refresh_from_db()
    assert key.revoked_at is None
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Revoke").click()
    expect(page.locator(".toast-line")).to_contain_text("Revoked.")
