"""Whatever people and senders call things, every page shows it as text, and no file computes with it."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tenure.ui.listing import listings
from tests.exports.taking import take
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures
from tests.web.routes import table
from tests.web.routes.nasty import HANDLER, NASTY, SCRIPT, spoil
from tests.web.routes.test_routes import asked, world  # noqa: F401 — a fixture

HANDLERS = re.compile(r"on[a-z]+")


class Tags(HTMLParser):
    """What a browser would run: inline scripts, and attributes that are handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("script")
        self.found += [f"{tag} {name}" for name in given if HANDLERS.fullmatch(name)]
        if given.get("src") == "x":
            self.found.append("img")


def read_pages(world) -> dict[str, object]:  # noqa: F811
    client = Client()
    client.force_login(world.people["owner"])
    return {
        name: asked(client, world, name)
        for name, route in table.ROUTES.items()
        if route.data is None and (route.who is None or "owner" in route.who)
    }


@pytest.mark.parametrize("language", ["en", pytest.param("zh-hans", marks=pytest.mark.slow)])
def test_every_page_shows_it_as_text(world, customers, language):  # noqa: F811
    spoil(world)
    customers.set_accounts([(world.account.pk, world.account.name or NASTY, "acct-nasty", None)])
    world.people["owner"].language = language
    world.people["owner"].save(update_fields=["language"])
    answers = read_pages(world)
    wrong, shown = {}, 0
    for name, answer in answers.items():
        if not answer["Content-Type"].startswith("text/html"):
            continue
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        text = answer.content.decode()
        page = Tags()
        page.feed(text)
        if page.found or SCRIPT in text or HANDLER in text:
            wrong[name] = page.found or ["raw text"]
        shown += "&lt;script&gt;" in text
    assert not wrong, wrong
    assert shown >= 12, "the pages do not show the names that are there"


def test_no_export_computes_with_it(world, customers):  # noqa: F811
    spoil(world)
    client = Client()
    client.force_login(world.people["owner"])
    names = [name for name in listings() if name != "gallery"]  # that of the tests of components
    for name in names:
        text = b"".join(take(client, name).streaming_content).decode()
        assert not re.search(r'(?:^|,|")[=+@]1', text, re.M), name
    assert len(names) >= 15
