"""Defining a metric by hand, with its preview, and finding it on the list."""

import pytest
from playwright.sync_api import expect

from tenure.health.close_day import close_day
from tenure.health.metrics import metrics_in_use
from tenure.lib import clock
from tenure.warehouse import current
from tests.events.conftest import open_house

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db, tmp_path, settings):
    house = open_house(tmp_path)
    sent = [("Report Viewed", "acme", 3), ("Report Exported", "acme", 2), ("Report Exported", "globex", 5)]
    house.send(
        *(
            {"event": event, "user": f"{account}-ada", "account": account, "properties": {"rows": n}}
            for event, account, count in sent
            for n in range(count)
        )
    )
    current.use(house.store)
    close_day(clock.today(settings.CONFIG.zone), store=house.store, zone=settings.CONFIG.zone)
    yield house
    current.use(None)
    house.inbox.close()
    house.store.close()


def test_it_defines_a_metric_previews_it_and_lists_it(house, live_server, open_page, page_errors, sign_in, alice):
    page = sign_in(open_page(), live_server.url, alice)
    page.goto(f"{live_server.url}/settings/metrics/")
    page.get_by_role("link", name="Define a metric").click()
    preview = page.locator("#metric-preview")
    expect(preview).to_contain_text("The number of value events")

    page.get_by_label("Name", exact=True).fill("Exports a week")
    page.get_by_label("Chosen events").check()
    expect(preview).to_contain_text("Choose at least one event")
    page.get_by_placeholder("Find an event or a feature").press_sequentially("expor")
    page.locator("#event-found").get_by_role("button", name="Report Exported").click()
    expect(page.get_by_placeholder("Find an event or a feature")).to_be_focused()
    expect(preview.get_by_role("link", name="globex")).to_be_visible()
    expect(preview).to_contain_text("2 customers: 2 with a value, 0 of them zero")

    page.get_by_role("button", name="Add a filter").click()
    expect(page.get_by_label("Property", exact=True)).to_be_focused()
    page.get_by_label("Property", exact=True).fill("rows")
    page.get_by_label("Comparison").select_option(">")
    expect(page.locator("#filter-samples-0 option")).to_have_count(3)  # of the five events looked into
    page.get_by_label("Value", exact=True).fill("1")
    expect(preview).to_contain_text("1 of them zero")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".toast-line")).to_contain_text("Saved.")
    expect(page.locator("h1")).to_have_text("Exports a week")
    page.locator(".page-trail").get_by_role("link", name="Metrics").click()
    expect(page.get_by_role("row", name="Exports a week")).to_contain_text("The number of Report Exported")
    assert metrics_in_use()["exports_a_week"].created_by == alice
    # Saving leaves the page, which may end a preview under way; htmx notes that as an error.
    page_errors[:] = [each for each in page_errors if not each.startswith(("htmx:sendAbort", "htmx:afterRequest"))]
