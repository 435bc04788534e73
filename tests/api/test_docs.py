"""docs/api.md names every code, area and header, and every address it shows exists."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ninja import Schema

from tenure.api.errors import CODES
from tenure.api.urls import API
from tenure.people.models import Area

PAGE = (Path(__file__).parents[2] / "docs/api.md").read_text()
OF_THEIR_OWN = {"scope_missing", "key_reused", "too_much"}


@pytest.mark.parametrize("name", [*CODES.values(), *sorted(OF_THEIR_OWN), *Area.values])
def test_it_names_every_code_and_area(name):
    assert f"`{name}`" in PAGE


def test_the_codes_of_their_own_are_all_there_are():
    code = "".join(path.read_text() for path in Path(__file__).parents[2].glob("src/tenure/api/**/*.py"))
    assert set(re.findall(r'code="(\w+)"', code)) == OF_THEIR_OWN


def test_no_two_schemas_have_one_name():
    def below(schema: type[Schema]) -> Iterator[type[Schema]]:
        for each in schema.__subclasses__():
            yield each
            yield from below(each)

    names = Counter(each.__name__ for each in set(below(Schema)) if each.__module__.startswith("tenure.api."))
    told = API.told["components"]["schemas"]
    assert [name for name, count in names.items() if count > 1 and name in told] == []


def test_every_address_it_shows_is_one():
    known = [re.compile(re.sub(r"{\w+}", r"[^/]+", path)) for path in API.told["paths"]]
    shown = re.findall(r"\$TENURE(/[\w/-]+)", PAGE)
    assert len(shown) >= 8
    assert [each for each in shown if not any(path.fullmatch(f"/api/v1{each}") for path in known)] == []
