"""Search and actions by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tenure.accounts.models import Account
from tenure.accounts.search.keeping import names_changed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_finds_goes_and_does_things_without_a_mouse(live_server, open_page, sign_in, alice, page_errors):
    rows = [Account.objects.create(external_id=f"id-{n}", name=name) for n, name in enumerate(("华为", "华远", "Acme"))]
    names_changed(Account, [row.pk for row in rows], new=True)
    page = sign_in(open_page(), live_server.url, alice)
    page.goto(f"{live_server.url}/preferences/")
    field, chosen = (
        page.get_by_role("combobox", name="Search or do something"),
        page.locator(".palette [aria-selected=true]"),
    )

    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    expect(chosen).to_have_text("Log a follow-up")
    page.keyboard.type("hua")
    expect(chosen).to_have_text("华为id-0")
    expect(page.get_by_role("status").filter(has_text="2 results")).to_be_attached()
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_text("华远id-1")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id") == "palette-1"
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_text("华为id-0")
    page.keyboard.press("End")
    expect(chosen).to_have_text("华远id-1")
    page.keyboard.press("Home")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    assert opened.value.url.endswith(f"/customers/{rows[0].pk}/")
    opened.value.close()

    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator(".palette [role=option]").first).to_have_text("华为id-0")  # visited last
    page.keyboard.type("add a con")
    expect(chosen).to_have_text("Add a contact …")
    page.keyboard.press("Enter")
    expect(page.locator(".palette-then")).to_have_text("Add a contact …")
    page.keyboard.type("acm")
    expect(chosen).to_have_text("Acmeid-2")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer [name=name]")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("Control+k")
    page.keyboard.type("nobody at all")
    expect(page.locator(".palette-none")).to_contain_text("Nothing found for “nobody at all”.")
    page.context.set_offline(True)
    page.keyboard.press("Backspace")
    expect(page.locator(".palette-none")).to_contain_text("does not answer")
    page.context.set_offline(False)
    page.keyboard.press("Control+a")
    page.keyboard.type("dark")
    expect(chosen).to_have_text("Dark appearance")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-bs-theme=dark]")
    page_errors.clear()  # the browser logs that it was cut off
