"""docs/api.md names every code, area and header, and every address it shows exists."""

import re
from pathlib import Path

import pytest
from ninja.openapi.schema import OpenAPISchema

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


def test_every_address_it_shows_is_one():
    known = [re.compile(re.sub(r"{\w+}", r"[^/]+", path)) for path in API.told["paths"]]
    shown = re.findall(r"\$TENURE(/[\w/-]+)", PAGE)
    assert len(shown) >= 8
    assert [each for each in shown if not any(path.fullmatch(f"/api/v1{each}") for path in known)] == []


def test_no_two_schemas_share_a_name(monkeypatch):
    told, twice, add = {}, set(), OpenAPISchema.add_schema_definitions

    def compare(self, definitions):
        twice.update(name for name, each in definitions.items() if told.setdefault(name, each) != each)
        add(self, definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", compare)
    API.get_openapi_schema()
    assert len(told) > 100 and twice & API.told["components"]["schemas"].keys() == set()
