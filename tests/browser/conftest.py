"""A real Chromium against a live server. A page that logs an error or throws fails its test."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.ui.conftest import gallery  # noqa: F401 — a fixture

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("BROWSER TESTS SKIPPED: no chromium here. Install it: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own context; `open_page(viewport={"width": 390, "height": 844}, locale="zh-CN")`."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A form sent back with its errors is a 422 or a 404 the page handles; the browser logs those itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    def open_one(**options: object) -> Page:
        context = chromium.new_context(**{"locale": "en-US", "viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        context.set_default_timeout(5000)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def sign_in() -> Callable[..., Page]:
    """Signs a member of the cast in through the login page."""

    def enter(page: Page, server: str, email: str = "alice@example.com", password: str = PASSWORD) -> Page:
        page.goto(f"{server}/login/")
        page.fill("[name=login]", email)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    return enter
