"""docs/start.md followed literally, in both languages: a button of another name breaks it."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tenure.config import read
from tests.browser.steps import Step, steps
from tests.cli.running import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS = Path(__file__).parents[2] / "docs"
WHOLE = 4  # a shorter text is all that its place says: "M" is part of too many words
DOCUMENTS = {"en-US": "start.md", "zh-CN": "start.zh-CN.md"}


class Newcomer:
    """Does what a document says, at an installation of its own."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server

    def follow(self, step: Step) -> None:
        match step:
            case Step("open", address):
                parts = urlsplit(address)
                self.page.goto(f"{self.server}{parts.path}{f'?{parts.query}' if parts.query else ''}")
            case Step("press", name):
                self.press(name)
            case Step("write", label, value):
                field = self.page.locator("input, select, textarea").and_(self.page.get_by_label(label, exact=True))
                self.write(self.shown(field), value)
            case Step("take", label, file):
                self.page.get_by_label(label, exact=True).set_input_files(file)
            case Step("see", words):
                self.shown(self.page.get_by_text(words, exact=len(words) < WHOLE))

    def press(self, name: str) -> None:
        """Whatever has this name: the entry of the navigation, else what is on the page, the last of several."""
        begins = re.compile(rf"^{re.escape(name)}(\s|$)")  # choices explain themselves after their name
        page = self.page
        if (entry := page.locator(".side-link", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))).count():
            entry.click()
            return
        found = page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))
        found = found.or_(page.get_by_role("radio", name=begins)).or_(page.get_by_role("checkbox", name=begins))
        found = self.shown(found.or_(page.locator("summary").filter(has_text=begins)))
        found.click()
        expect(page.locator(".htmx-request")).to_have_count(0)  # what it asked for is there

    def shown(self, found: Locator) -> Locator:
        """The last that is in sight on the page itself, else in the frame, once there is one."""
        there = found.filter(visible=True)
        expect(there.first).to_be_visible()
        inside = self.page.locator("#main").locator(there)
        return inside.last if inside.count() else there.first

    @staticmethod
    def write(field: Locator, value: str) -> None:
        if field.evaluate("field => field.matches('select')"):
            field.select_option(label=value)
            return
        field.fill(value)
        if field.get_attribute("role") == "combobox":
            field.press("Enter")


@pytest.mark.parametrize("language", DOCUMENTS)
def test_it_leads_from_nothing_to_own_data_cards_and_segments(open_page, tmp_path, language):
    document = DOCS / DOCUMENTS[language]
    assert "\ntenure serve\n" in document.read_text()
    *before, last = steps(document)
    assert before[0].what == f"http://127.0.0.1:{read({}).port}/"
    with Installation(tmp_path / "data").serve() as server:
        page = open_page(locale=language)
        newcomer = Newcomer(page, server.url)
        for step in before:
            newcomer.follow(step)
        with page.expect_download() as started:
            newcomer.follow(last)
        with Path(started.value.path()).open(encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        assert (len(rows), rows[1][1]) == (61, "C0046")
        assert "6603" in rows[1]
        page.close()  # while the server is there: parts of the page still load
