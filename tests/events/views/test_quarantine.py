import re

import pytest
from django.test import Client

from tenure.events.models import QuarantinedItem
from tests.exports.taking import content, take
from tests.exports.taking import rows as rows_of

BASE = "/settings/quarantine/"
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def refused(house) -> None:
    """Three items that cannot be read, one of them hostile, and one of a request that is no JSON."""
    house.send({"event": HOSTILE}, {"user": "ada", "note": "=1+1"}, 7)  # type: ignore[arg-type]


def items(response) -> list[str]:
    return re.findall(r'<a href="/settings/quarantine/\d+/"[^>]*>([^<]*)</a>', response.content.decode())


def test_it_says_that_nothing_was_refused(alices):
    assert "Nothing was refused" in alices.get(BASE).content.decode()


def test_it_lists_items_with_reasons_the_latest_first(refused, alices):
    page = alices.get(BASE)
    assert items(page)[0] == "7"
    assert len(items(page)) == 3
    assert "Event name missing" in page.content.decode()


def test_it_filters_by_reason_and_searches_in_items(refused, alices):
    assert items(alices.get(f"{BASE}?reason=not_an_object")) == ["7"]
    assert len(items(alices.get(f"{BASE}?q=ada"))) == 1
    assert items(alices.get(f"{BASE}?reason=nonsense")) == []
    assert "Nothing found" in alices.get(f"{BASE}?q=nowhere").content.decode()


@pytest.mark.parametrize("sort", ["received", "-reason", "source", "format"])
def test_it_sorts(refused, alices, sort):
    assert len(items(alices.get(f"{BASE}?sort={sort}"))) == 3


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "drawer"])
def test_it_shows_a_hostile_item_as_text(refused, alices, headers):
    item = QuarantinedItem.objects.get(raw__contains="script")
    for path in (BASE, f"{BASE}{item.pk}/"):
        page = alices.get(path, headers=headers).content.decode()
        assert "<script>alert(" not in page
        assert "&lt;script&gt;alert(" in page


def test_it_exports_without_formulas(refused, alices):
    answer = take(alices, "quarantine", "q=1%2B1&columns=raw,reason")
    assert [row["Reason"] for row in rows_of(answer)] == ["Event name missing"]
    QuarantinedItem.objects.update(raw="=1+1")
    cells = content(take(alices, "quarantine", "columns=raw")).decode("utf-8-sig")
    assert not re.search(r"(^|,)\"?=1", cells, re.M)


def test_it_is_hidden_from_a_csm_and_a_stranger(refused, bob):
    item = QuarantinedItem.objects.first()
    bobs, nobody = Client(), Client()
    bobs.force_login(bob)
    assert take(bobs, "quarantine").status_code == 404
    for path in (BASE, f"{BASE}{item.pk}/"):
        assert bobs.get(path).status_code == 404
        assert nobody.get(path).status_code == 302
    assert bobs.post(BASE).status_code == 405


def test_it_has_no_page_for_an_item_that_is_not_there(refused, alices):
    assert alices.get(f"{BASE}999999/").status_code == 404
