"""A store with the twelve accounts of `company`, written once, and their names in each test's database."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore
from tests.made_once import made_once
from tests.web.customers import company, numbers


@cache
def _store() -> DuckDBStore:
    """One for the whole process, whichever packages take the fixture."""
    folder = Path(tempfile.mkdtemp(prefix="tenure-customers-"))
    shutil.copy(made_once("customers", _write) / "warehouse.duckdb", folder)
    store = DuckDBStore.open(folder / "warehouse.duckdb")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(store.close)
    return store


def _write(folder: Path) -> None:
    store = DuckDBStore.open(folder / "warehouse.duckdb")
    company.write_events(store)
    numbers.write_days(store)
    store.close()


@pytest.fixture
def written() -> DuckDBStore:
    """What a test changes of it, it puts back."""
    return _store()


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
