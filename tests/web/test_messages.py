"""Chinese is complete, and no template speaks English past the catalogue."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.web.messages import PACKAGE, asked_for, templates

PLACES = re.compile(r"%\(\w+\)[sd]|</?\w+>")
HIDDEN = re.compile(
    r"{% ?(?P<tag>blocktrans|blocktranslate|comment)\b.*?{% ?end(?P=tag) ?%}|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->"
    r"|<(?:code|pre|kbd)\b.*?</(?:code|pre|kbd)>|<!doctype html>",
    re.S,
)
SPOKEN = re.compile(r'\b(?:title|placeholder|alt|aria-label|data-confirm)="([^"]*)"')
NAMES = {
    "Tenure",
    "English",
    "EN",
    "CSV",
    "Excel",
    "account",
    "company",
    "organization",
}  # the last: names of properties


@cache
def messages() -> list[Message]:
    """Those of pages and code, and those of the API's reference."""
    found: list[Message] = []
    for path in sorted((PACKAGE / "locale/zh_Hans/LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found += [message for message in read_po(file, locale="zh_Hans") if message.id]
    return found


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def chinese(message: Message) -> str:
    return message.string if isinstance(message.string, str) else message.string[0]


def test_it_has_every_text_in_chinese():
    assert [english(message) for message in messages() if not chinese(message) or message.fuzzy] == []


def test_it_knows_every_text_that_pages_and_code_ask_for():
    known = {english(message) for message in messages()}
    asked = asked_for()
    assert len(asked) > 300
    assert asked - known == set()


def test_it_drops_no_value_and_no_markup():
    def places(text: str) -> list[str]:
        return sorted(PLACES.findall(text))

    def of_many(message: Message) -> str:
        return message.id if isinstance(message.id, str) else message.id[1]  # Chinese has one form, that of many

    wrong = {english(m): chinese(m) for m in messages() if places(of_many(m)) != places(chinese(m))}
    assert wrong == {}


def test_it_calls_the_reader_the_same_everywhere():
    assert [chinese(message) for message in messages() if "您" in chinese(message)] == []


def test_it_uses_full_width_punctuation_between_chinese_words():
    assert [
        chinese(m) for m in messages() if re.search(r"[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(?!\w)", chinese(m))
    ] == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_it_leaves_no_words_in_a_template(path: Path):
    text = HIDDEN.sub(" ", path.read_text())
    words = " ".join(SPOKEN.findall(text)) + " " + re.sub(r"<[^>]*>", " ", text)
    assert set(re.findall(r"[A-Za-z]{2,}", words)) - NAMES == set()
