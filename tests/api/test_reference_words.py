"""The API's reference speaks Chinese, too: every summary and description of the document is in its catalogue."""

import re

from babel.messages.pofile import read_po
from django.utils import translation

from tenure.api.reference.told import reference_of
from tenure.api.reference.words import DOMAIN, spoken, told_in
from tenure.api.urls import API
from tests.web.messages import PACKAGE

NAMES = re.compile(r"`[^`]+`")


def english() -> set[str]:
    found: set[str] = set()

    def add(text: str) -> str:
        found.add(text)
        return text

    spoken(API.told, add)
    return found


def chinese() -> dict[str, str]:
    with (PACKAGE / f"locale/zh_Hans/LC_MESSAGES/{DOMAIN}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and not message.fuzzy}


def test_it_says_everything_in_chinese():
    said = chinese()
    assert english() - {each for each, told in said.items() if told} == set(), "run `python3 dev.py messages`"
    assert len(said) > 500


def test_it_keeps_nothing_that_nobody_says_any_more():
    assert chinese().keys() - english() == set(), "run `python3 dev.py messages`"


def test_it_names_the_same_keys_in_both_languages():
    wrong = {each for each, told in chinese().items() if set(NAMES.findall(each)) != set(NAMES.findall(told))}
    assert wrong == set()


def test_its_readers_get_their_own_language():
    with translation.override("zh-hans"):
        groups = dict(reference_of(told_in("zh-hans")).groups)
    listing = groups["客户"][0]
    assert (listing.name, listing.summary) == ("list_accounts", "列出客户")
    assert {each.name: each.says for each in listing.parameters}["segment"] == "仅此分群的客户。"
    assert "integer或null" in {each.kind for each in listing.parameters}
    assert dict(reference_of(told_in("en")).groups)["Customers"][0].summary == "List customers"


def test_names_of_keys_stay_in_every_language():
    english, chinese = told_in("en")["components"]["schemas"], told_in("zh-hans")["components"]["schemas"]
    assert {name: each.get("properties", {}).keys() for name, each in english.items()} == {
        name: each.get("properties", {}).keys() for name, each in chinese.items()
    }
