"""`store` and `new_store` are every engine in turn: a test that takes one runs on each."""

import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Store

NewStore = Callable[[], Store]


# An append is some twenty statements there and none of them cheap: test_clickhouse_duckdb.py stands in for the fast run.
CLICKHOUSE = pytest.param("clickhouse", marks=pytest.mark.slow)


@pytest.fixture(params=["duckdb", CLICKHOUSE], scope="module")
def new_store(request) -> Iterator[NewStore]:
    """Makes an empty store; all are closed after the module."""
    made: list[Store] = []
    numbers = itertools.count()
    memory = Path("/dev/shm")  # hundreds of small files: a disk that waits for each commit would be most of the time
    with tempfile.TemporaryDirectory(dir=memory if memory.exists() else None) as folder:

        def make() -> Store:
            path = Path(folder) / f"{next(numbers)}.duckdb"
            made.append(_duckdb(path) if request.param == "duckdb" else _clickhouse())
            return made[-1]

        yield make
        for store in made:
            store.close()


@pytest.fixture
def store(new_store) -> Store:
    """An empty store."""
    return new_store()


def _duckdb(path: Path) -> Store:
    return DuckDBStore.open(path, memory_limit="300MB")


def _clickhouse() -> Store:
    from tests.warehouse.clickhouse_engine import new_store

    return new_store()
