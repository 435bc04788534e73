"""A store with the twelve accounts of `company`, written once a module, and their names in each test's database."""

import pytest

from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore
from tests.web.customers import company, numbers


@pytest.fixture(scope="package")
def written(tmp_path_factory):
    store = DuckDBStore.open(tmp_path_factory.mktemp("customers") / "warehouse.duckdb")
    company.write_events(store)
    numbers.write_days(store)
    yield store
    store.close()


@pytest.fixture
def customers(written, db):
    """The process's store, with the names its numbers belong to."""
    company.write_names()
    numbers.write_definitions()
    current.use(written)
    yield written
    current.use(None)


@pytest.fixture
def alices(client, alice, customers):
    """alice's browser."""
    client.force_login(alice)
    return client
