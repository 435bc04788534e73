"""The quick log by keyboard alone: opened, typed, saved, seen, taken back."""

import pytest
from playwright.sync_api import expect

from tenure.accounts.models import Account
from tenure.work.models import FollowUp
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": ("Tier", "Asked for a workshop", "Tier: A", "As before: Tier."),
    "zh-hans": ("客户等级", "客户希望安排一次培训", "客户等级：A", "已恢复原值：客户等级。"),
}


@pytest.fixture
def browse(live_server, open_page, sign_in, alice, customers):  # noqa: F811
    def to(path, language):
        alice.language = language
        alice.save()
        page = sign_in(open_page(), live_server.url, alice)
        page.goto(f"{live_server.url}{path}")
        return page

    return to


@pytest.mark.parametrize("language", WORDS)
def test_it_logs_a_follow_up_that_changes_a_field_and_takes_both_back(browse, alice, language):
    field, notes, changed, undone = WORDS[language]
    page = browse("/customers/3/", language)
    value = page.locator(".field-row", has_text=field).locator(".field-open")
    expect(value).to_have_text("–")
    timeline = page.locator("#timeline")
    expect(timeline.locator(".timeline")).to_be_visible()

    page.keyboard.press("l")
    expect(page.locator("#log-notes")).to_be_focused()
    page.keyboard.type(notes)
    chooser = page.locator("#log-field")
    for _ in range(12):
        page.keyboard.press("Tab")
        if chooser.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type(field)
    expect(page.locator("#log-field-found li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".log-field select")).to_be_focused()
    expect(page.locator("#log-notes")).to_have_value(notes)
    page.keyboard.press("A")

    page.keyboard.press("Escape")  # closed by mistake: opened again it is as it was left
    expect(page.locator("#drawer")).not_to_be_visible()
    page.keyboard.press("l")
    expect(page.locator("[data-draft-drop]")).to_be_visible()
    expect(page.locator(".log-field select")).to_have_value("A")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#drawer")).not_to_be_visible()
    expect(value).to_have_text("A")
    expect(timeline.locator(".timeline-follow-up").first).to_contain_text(notes)
    expect(timeline.locator(".timeline-follow-up").first).to_contain_text(changed)
    assert Account.objects.get(pk=3).traits["tier"] == "A"

    page.locator(".toast-line button").first.press("Enter")
    expect(page.locator(".toast-line")).to_contain_text(undone)  # and the toast before is gone
    expect(value).to_have_text("–")
    expect(timeline).not_to_contain_text(notes)
    assert "tier" not in Account.objects.get(pk=3).traits
    assert FollowUp.objects.get().removed_by == alice


def test_it_says_over_the_open_drawer_that_it_was_not_saved(browse, page_errors):
    page = browse("/customers/3/", "en")
    page.keyboard.press("l")
    expect(page.locator("#log-notes")).to_be_focused()
    page.keyboard.type("Asked for a workshop")
    page.route("**/*", lambda route: route.fulfill(status=500) if route.request.method == "POST" else route.continue_())
    page.keyboard.press("Control+Enter")
    page.locator(".toast-line.tone-error .btn-close").click()
    expect(page.locator(".toast-line")).to_have_count(0)
    expect(page.locator("#log-notes")).to_have_value("Asked for a workshop")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_visible()
    expect(page.locator("body > .toasts")).to_be_attached()
    page_errors.clear()
