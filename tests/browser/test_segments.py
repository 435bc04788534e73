"""Conditions built by keyboard alone and saved, and documents that go through the editor unchanged."""

import json
import random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tenure.core.conditions.document import from_document, to_document
from tenure.core.conditions.fields import FieldType
from tenure.core.conditions.values import COMPARISONS
from tenure.segments.catalogue import Catalogue, Entry, read_catalogue
from tenure.segments.models import Segment
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": ("Health", "risk", "At risk now", "Customers where Health is “At risk”."),
    "zh-hans": ("健康度", "危险", "危险客户", "健康度为“危险”"),
}


@pytest.fixture
def browse(live_server, open_page, sign_in, alice, customers):  # noqa: F811
    def to(path, language="en") -> Page:
        alice.language = language
        alice.save()
        page = sign_in(open_page(), live_server.url, alice)
        page.goto(f"{live_server.url}{path}")
        return page

    return to


@pytest.mark.parametrize("language", WORDS)
def test_it_builds_counts_and_saves_a_segment_by_keyboard_alone(browse, language):
    field, option, name, sentence = WORDS[language]
    page = browse("/customers/", language)
    filter_button = page.locator("button[data-drawer*='/segments/filter/']")
    filter_button.press("Enter")
    expect(page.locator(".drawer [data-ready]")).to_be_attached()
    focused = page.locator("*:focus")
    keys = page.keyboard

    page.locator(".drawer [data-name=add]").focus()
    keys.press("Enter")
    expect(focused).to_have_attribute("data-name", "field")
    keys.type(field)
    keys.press("ArrowDown")  # the score comes before the state
    keys.press("Enter")
    expect(focused).to_have_attribute("data-name", "comparison")
    keys.press("Tab")
    keys.type(option)
    keys.press("Enter")
    expect(page.locator(".condition-count b")).to_have_text("1")
    expect(page.locator("[data-sentence]")).to_contain_text(sentence)
    expect(page.locator(".condition-trend .spark")).to_be_visible()

    keys.press("Backspace")
    expect(page.locator(".condition-list .tag")).to_have_count(0)
    keys.press("Control+z")
    expect(page.locator(".condition-list .tag")).to_have_count(1)

    page.locator(".condition-save summary").press("Enter")
    page.locator("#segment-name").focus()
    keys.type(name)
    page.locator(".condition-save button").press("Enter")
    expect(page.locator(".table-tools .btn-on")).to_contain_text(name)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Dahlia Media")

    page.goto(page.url.split("/customers/")[0] + "/segments/")
    expect(page.locator("tbody tr")).to_contain_text(name)
    assert Segment.objects.get().condition == {
        "version": 1,
        "all": [{"field": "health.state", "comparison": "in", "value": ["at_risk"]}],
    }


#: Reads what every control shows back into the document, as if it were typed again.
RETYPE = """([document, node]) => {
  const { editor } = node;
  editor.read(document);
  editor.draw();
  const count = editor.tree.querySelectorAll("select, input:not([role=combobox])").length;
  for (let at = 0; at < count; at += 1) {
    const control = editor.tree.querySelectorAll("select, input:not([role=combobox])")[at];
    control.dispatchEvent(new Event(control.matches("select") ? "change" : "input", { bubbles: true }));
  }
  return editor.document();
}"""


def test_documents_go_through_the_editor_without_loss(browse):
    catalogue = read_catalogue()
    documents = [json.dumps(each) for each in random_documents(catalogue, random.Random(11), 30)]
    page = browse("/segments/new/")
    expect(page.locator("tenure-condition[data-ready]")).to_be_attached()
    editor = page.locator("tenure-condition").element_handle()

    for document in documents:
        after = page.evaluate(RETYPE, [document, editor])
        assert json.loads(after) == json.loads(document)


def random_documents(catalogue: Catalogue, rng: random.Random, count: int) -> list[dict[str, Any]]:
    """Documents of all kinds, as `to_document` writes them: every comparison of a field of each type."""
    entries = {(entry.field.type, bool(entry.field.window_days)): entry for entry in catalogue.entries.values()}
    leaves = [
        _leaf(entry, comparison, rng) for entry in entries.values() for comparison in COMPARISONS[entry.field.type]
    ]
    rng.shuffle(leaves)
    found = []
    for number in range(count):
        node = _node(leaves[number::count] or leaves[:1], rng)
        found.append(to_document(from_document(node, catalogue.fields)))
    return found


def _node(leaves: list[dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    parts = [_wrapped(leaf, rng) for leaf in leaves]
    if len(parts) == 1:
        return parts[0]
    return {"all": [*parts[:2], {"any": parts[2:]}]} if len(parts) > 2 else {"any": parts}


def _wrapped(leaf: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    kind = rng.choice(["", "", "not", "held", "became"])
    return {kind: leaf, **({} if kind == "not" else {"days": rng.randint(1, 60)})} if kind else leaf


def _leaf(entry: Entry, comparison: str, rng: random.Random) -> dict[str, Any]:
    leaf: dict[str, Any] = {"field": entry.field.key, "comparison": comparison}
    is_number = entry.field.type in (FieldType.NUMBER, FieldType.SHARE, FieldType.MONEY, FieldType.DAYS)
    if is_number and rng.random() < 0.4:
        ways = [{"against": "year_before"}, {"against": "days_before", "days": rng.randint(1, 90)}]
        window = [{"against": "period_before"}] if entry.field.window_days else []
        leaf["change"] = {**rng.choice(ways + window), "as": rng.choice(["share", "difference"])}
        if rng.random() < 0.5:
            leaf["change"]["minimum"] = rng.choice([0, 20, 0.25])
    if (value := _value(entry, comparison, rng)) is not None:
        leaf["value"] = value
    if comparison in ("top", "bottom") and rng.random() < 0.5:
        leaf["within"] = "health.state"
    return leaf


def _value(entry: Entry, comparison: str, rng: random.Random) -> Any:
    if comparison in ("known", "unknown"):
        return None
    if comparison in ("top", "bottom"):
        return rng.choice([{"count": 7}, {"percent": 2.5}])
    if comparison in ("in_next_days", "in_last_days"):
        return rng.randint(0, 90)
    one = {
        FieldType.DATE: lambda: rng.choice(["2026-03-01", {"days": -30}, {"days": 0}, {"days": 14}]),
        FieldType.CHOICE: lambda: rng.choice(entry.field.options or ["Other"]),
        FieldType.CHOICES: lambda: rng.choice(entry.field.options or ["Other"]),
        FieldType.TEXT: lambda: rng.choice(["Retail", "银行 “A”", "<b>&amp;"]),
        FieldType.YES_NO: lambda: rng.random() < 0.5,
        FieldType.MEMBER: lambda: rng.choice(["me", 3]),
    }.get(entry.field.type, lambda: rng.choice([0, 0.3, -0.07, 12, 1e15, 0.123456789]))
    if comparison == "between":
        return [{"days": -9}, {"days": 9}] if entry.field.type is FieldType.DATE else [0.07, 12.5]
    return [one()] if comparison in ("in", "not_in") or comparison.startswith("contains_") else one()
