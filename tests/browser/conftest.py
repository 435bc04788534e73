"""A real Chromium against a live server. A page that logs an error or throws fails its test."""

import asyncio
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tenure.people.models import Member
from tests.ui.conftest import gallery  # noqa: F401 — a fixture

CHROMIUM = shutil.which("chromium")
PATIENCE_MS = 60_000  # for a busy machine
# A form sent back with its errors is a 422 the page handles, and leaving a page ends what it still asked for;
# the browser and htmx log both.
EXPECTED = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def launched() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """A browser for the whole run, and Playwright's loop, which does not count as running but while `chromium` is in
    use: Playwright leaves it marked so between its calls, and `asyncio.run` would fail in every test that follows."""
    if not CHROMIUM:
        pytest.skip("BROWSER TESTS SKIPPED: no chromium here. Install it: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield browser, loop
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def chromium(launched: tuple[Browser, asyncio.AbstractEventLoop], monkeypatch) -> Iterator[Browser]:
    browser, loop = launched
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the loop is in the thread that asks the database
    asyncio._set_running_loop(loop)
    yield browser
    asyncio._set_running_loop(None)


@pytest.fixture
def page_errors() -> list[str]:
    """What pages of the test logged or threw; a test that provokes an error clears it."""
    return []


@pytest.fixture
def open_page(chromium: Browser, page_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own context; `open_page(viewport={"width": 390, "height": 844}, locale="zh-CN")`."""
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            page_errors.append(message.text)

    def open_one(**options: object) -> Page:
        context = chromium.new_context(**{"locale": "en-US", "viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not page_errors


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Page]:
    """Signs a member of the cast in: sign_in(page, live_server.url, alice)."""

    def enter(page: Page, server: str, member: Member) -> Page:
        client.force_login(member)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])
        return page

    return enter
