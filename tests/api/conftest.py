"""The cast of the pages' table of routes, seen through tokens."""

from collections.abc import Iterator

import pytest

from tenure.accounts.merging.verbs import tell_merged
from tenure.api.limits import Limits
from tests.integrations.conftest import opened  # noqa: F401 — a fixture
from tests.web.customers import numbers
from tests.web.customers.company import TODAY, write_classes
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures
from tests.web.routes.world import World, build


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch) -> None:
    """A token that has the number of one of a test before begins anew."""
    monkeypatch.setattr("tenure.api.guarding.LIMITS", Limits())


@pytest.fixture
def world(customers, opened) -> Iterator[World]:  # noqa: F811
    (opened / "x").mkdir()
    (opened / "x" / "customers.csv").write_text("account,plan\nacme,pro\n")  # of tests.web.routes.sync.new_sync
    before = len(customers.day_values(TODAY, []))
    yield build()
    customers.set_excluded_users([])
    write_classes(customers)
    tell_merged(customers)
    if len(customers.day_values(TODAY, [])) < before:  # what is merged loses its numbers
        numbers.write_days(customers)
