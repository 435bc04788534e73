"""The real ClickHouse engine inside the test process: chDB through the client that talks to servers.

A process can open one chDB folder, so all tests share it and each store gets a database of its own.
"""

import atexit
import itertools
import shutil
import tempfile
from functools import cache

from tenure.warehouse.clickhouse import ClickHouseStore

_numbers = itertools.count(1)


def new_url() -> str:
    """The address of a database nobody used before."""
    return f"chdb://{_folder()}?database=t{next(_numbers)}"


def new_store() -> ClickHouseStore:
    """An empty store."""
    return ClickHouseStore.connect(new_url())


@cache
def _folder() -> str:
    folder = tempfile.mkdtemp(prefix="tenure-chdb-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
