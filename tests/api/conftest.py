"""The cast of the pages' table of routes, seen through tokens."""

from collections.abc import Iterator

import pytest

from tenure.api.limits import Limits
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures
from tests.web.routes.world import World, build


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch) -> None:
    """A token that has the number of one of a test before begins anew."""
    monkeypatch.setattr("tenure.api.guarding.LIMITS", Limits())


@pytest.fixture
def world(customers) -> Iterator[World]:  # noqa: F811
    yield build()
    customers.set_excluded_users([])
