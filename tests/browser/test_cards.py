"""Profile cards in a real browser: by keyboard, corrected in the past, put in order."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tenure.accounts.as_of import facts_at
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.fields.reading import cards_in_use
from tenure.accounts.models import Account
from tenure.lib import clock
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(live_server, open_page, sign_in, alice, customers):  # noqa: F811
    def to(path, **options):
        page = sign_in(open_page(**options), live_server.url, alice)
        page.goto(f"{live_server.url}{path}")
        return page

    return to


def row(page, name):
    return page.locator(".field-row", has_text=name)


def test_it_writes_by_keyboard_keeps_what_is_wrong_and_takes_back(browse):
    page = browse("/customers/3/")
    row(page, "Website").locator(".field-open").focus()
    page.keyboard.press("Enter")
    field = page.locator(".field-edit input[name=value]")
    expect(field).to_be_focused()
    page.keyboard.type("no address")
    page.keyboard.press("Enter")
    expect(page.locator(".field-edit .field-error")).to_contain_text("Write a web address")
    expect(field).to_have_value("no address")
    page.keyboard.press("Escape")
    expect(row(page, "Website").locator(".field-open")).to_have_text("–")
    expect(row(page, "Website").locator(".field-open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("cedar.example")
    page.keyboard.press("Enter")
    expect(row(page, "Website").locator(".field-open")).to_have_text("https://cedar.example")
    page.click(".toast-line >> text=Undo")
    expect(row(page, "Website").locator(".field-open")).to_have_text("–")


WORDS = {
    "en": ("Tier", "valid from 2026-01-05", "Correct", "corrected"),
    "zh-hans": ("客户等级", "自 2026-01-05 起生效", "更正", "已更正"),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_corrected_past_differs_as_of_and_as_known_at(browse, alice, language):
    tier, valid_from, correct, corrected = WORDS[language]
    alice.language = language
    alice.save()
    account = Account.objects.get(pk=3)
    for day, value in ((5, "C"), (20, "A")):
        with clock.set_to(datetime(2026, 1, day, 9, tzinfo=UTC)):
            set_fields([account], {"tier": value}, alice)
    page = browse("/customers/3/")
    expect(row(page, tier).locator(".field-open")).to_have_text("A")
    row(page, tier).locator(".field-past").click()
    page.locator(".fact-line", has_text=valid_from).get_by_role("button", name=correct).click()
    page.select_option(".fact-correct select", "B")
    page.locator(".fact-correct").get_by_role("button", name=correct).click()
    expect(page.locator(".fact-line", has_text=corrected)).to_contain_text("C")
    page.goto(f"{page.url}?day=2026-01-10")
    expect(row(page, tier).locator(".field-open")).to_have_text("B")
    page.fill("#cards input[name=known]", "2026-01-31")
    expect(page.locator("#cards .notice")).to_contain_text("2026-01-31")
    expect(row(page, tier).locator(".field-value")).to_have_text("C")
    assert facts_at(3, clock.now())["tier"].value == "A"


def test_it_puts_fields_in_order_by_keyboard_and_by_dragging(browse):
    page = browse("/settings/cards/")
    first, second = [field.key for field in cards_in_use()[0].fields[:2]]
    page.locator("[data-field] [data-handle]").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[data-saved='1']")
    assert [field.key for field in cards_in_use()[0].fields[:2]] == [second, first]
    page.locator("[data-field] [data-handle]").nth(1).drag_to(page.locator("[data-field] [data-handle]").first)
    page.wait_for_selector("[data-saved='2']")
    assert [field.key for field in cards_in_use()[0].fields[:2]] == [first, second]


def test_it_changes_a_field_of_chosen_customers_in_chinese(browse, alice):
    alice.language = "zh-hans"
    alice.save()
    page = browse("/customers/")
    page.locator("[data-pick]").nth(0).check()
    page.locator("[data-pick]").nth(1).check()
    page.click("text=修改字段")
    page.select_option("#bulk-field", "tier")
    page.select_option("#bulk-value select", "B")
    page.click("text=保存")
    expect(page.locator(".toast-line")).to_contain_text("2")
