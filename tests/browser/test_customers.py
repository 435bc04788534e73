import pytest
from playwright.sync_api import expect

from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(live_server, open_page, sign_in, alice, customers):  # noqa: F811
    def to(path, **options):
        page = sign_in(open_page(**options), live_server.url, alice)
        page.goto(f"{live_server.url}{path}")
        return page

    return to


def test_it_sorts_filters_and_exports_what_is_shown(browse):
    page = browse("/customers/")
    expect(page.locator("tbody th a").first).to_have_text("Dahlia Media")
    page.click("thead >> text=Customer")
    expect(page.locator("tbody th a").first).to_have_text("Alder Logistics")
    page.click(".chip.state-average")
    page.wait_for_url("**state=average**")
    expect(page.locator("tbody th a").first).to_have_text("Cedar Health")
    page.click("summary:has-text('Export')")
    with page.expect_download() as download:
        page.click("text=CSV file")
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Customer,Id,")
    assert [line.split(",")[0] for line in lines[1:]] == ["Cedar Health", "Fir Energy"]


def test_it_opens_the_short_form_and_the_page_by_keyboard(browse):
    page = browse("/customers/?sort=name")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer h2:has-text('Birch Foods')")
    page.wait_for_selector("#drawer tenure-chart svg")
    page.click("#drawer >> text=Open the customer")
    page.wait_for_selector("h1:has-text('Birch Foods')")
    page.keyboard.press("]")
    page.wait_for_selector("h1:has-text('Cedar Health')")
    page.keyboard.press("[")
    page.wait_for_selector("h1:has-text('Birch Foods')")
    expect(page.locator(".lazy")).to_have_count(0)  # else parts are still asked for when the server goes


def test_it_loads_every_part_and_explains_a_number(browse):
    page = browse("/customers/3/")
    page.wait_for_selector("tenure-chart svg")
    page.locator("#events").scroll_into_view_if_needed()
    page.wait_for_selector("#events-part tbody tr")
    page.wait_for_selector("#users-part tbody tr")
    page.wait_for_selector("text=Not used in these weeks:")
    assert page.locator(".lazy").count() == 0
    page.click("text=Load more")
    expect(page.locator("#events-part tbody tr")).to_have_count(60 + 1)  # two pages, and the next "Load more"
    page.select_option("#events-part select", label="Report Viewed")
    expect(page.locator("#events-part tbody th:not(:text-is('Report Viewed'))")).to_have_count(0)
    assert page.locator("#events-part tbody th").count() > 10
    page.locator("button[aria-label='How Breadth is computed']").first.click()
    page.wait_for_selector("#drawer >> text=How is this computed?")


def in_place(page, anchor):
    """Whether a section begins right under the navigation and is the one marked."""
    edge = page.locator(".sections").bounding_box()
    top = page.locator(f"#{anchor}").bounding_box()["y"] - edge["y"] - edge["height"]
    return page.locator(".sections [aria-current]").get_attribute("href") == f"#{anchor}" and 0 <= top < 24


def test_it_jumps_to_parts_that_are_not_there_yet(browse):
    page = browse("/customers/3/#cards", viewport={"width": 1280, "height": 600})
    page.wait_for_selector(".field-row")
    expect(page.locator(".lazy")).to_have_count(0)
    assert in_place(page, "cards")
    page.locator(".sections a[href='#use']").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".sections [aria-current]")).to_have_text("Users and contacts")
    assert in_place(page, "people")
    page.mouse.wheel(0, -10_000)
    expect(page.locator(".sections [aria-current]")).to_have_text("Overview")


def test_a_part_that_did_not_come_says_so_and_is_asked_for_again(browse, page_errors):
    page = browse("/customers/")
    page.route("**/customers/3/users/**", lambda route: route.fulfill(status=500, body="no"))
    page.goto(page.url + "3/")
    failed = page.locator("#users .part-failed")
    expect(failed).to_contain_text("This could not be loaded.")
    expect(page.locator(".toast-line")).to_have_count(0)
    page.unroute("**/customers/3/users/**")
    failed.locator("text=Try again").click()
    page.wait_for_selector("#users-part tbody tr")
    expect(page.locator(".lazy, .part-failed")).to_have_count(0)
    page_errors.clear()


def test_it_fills_in_what_the_header_misses(browse):
    page = browse("/customers/3/")
    page.click("#key-facts >> text=Tier")
    field = page.locator(".field-row", has_text="Tier").locator(".field-open")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.select_option(".field-edit select", "B")
    page.click(".field-edit >> text=Save")
    expect(page.locator("#key-facts dd").first).to_have_text("B")


def test_it_fits_a_phone(browse):
    page = browse("/customers/3/", viewport={"width": 390, "height": 844})
    page.wait_for_selector("tenure-chart svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
