import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_goes_from_nothing_to_the_owners_first_page_and_in_again(live_server, open_page, gallery):
    page = open_page(color_scheme="dark")
    page.goto(live_server.url)
    page.wait_for_url("**/welcome/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.fill("[name=name]", "Ada Lovelace")
    page.fill("[name=email]", "ada@example.com")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button")
    page.wait_for_selector("h1:has-text('Gallery')")
    page.click("details.menu:has(.person) summary")
    assert page.locator(".menu-head").inner_text().startswith("Ada Lovelace\nada@example.com · Owner")
    page.click("text=Sign out")
    page.wait_for_url("**/login/**")
    page.fill("[name=login]", "ada@example.com")
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("h1:has-text('Gallery')")


def test_it_switches_language_theme_and_day(live_server, open_page, sign_in, gallery, alice):
    page = sign_in(open_page(), live_server.url, alice)
    page.goto(f"{live_server.url}{gallery}?q=company")
    page.click("details.menu:has([name=language]) > summary")
    page.click("button:has-text('简体中文')")
    page.wait_for_selector("html[lang=zh-hans]")
    page.click("details.menu:has(.person) summary")
    page.click("[name=theme][value=dark]")
    page.wait_for_selector("html[data-bs-theme=dark]")
    page.evaluate("document.querySelector('.day-picker input[type=date]').value = '2026-01-05'")
    page.dispatch_event(".day-picker input[type=date]", "change", {"bubbles": True})
    page.wait_for_selector(".day-picker-past >> text=2026-01-05")
    assert "q=company" in page.url
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.click(".day-picker a")
    page.wait_for_selector(".day-picker:not(.day-picker-past)")
    assert "day=" not in page.url


def test_it_folds_the_navigation_and_turns_it_into_a_drawer_on_a_phone(live_server, open_page, sign_in, gallery, alice):
    page = sign_in(open_page(), live_server.url, alice)
    page.goto(f"{live_server.url}/preferences/")
    page.click("[data-nav-narrow]")
    page.reload()
    assert page.locator(".side").bounding_box()["width"] == 56
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.locator(".side").is_visible()
    page.click("[data-nav-open]")
    assert page.locator(".side-link >> text=Customers").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".side", state="hidden")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
