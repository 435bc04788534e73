import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tenure.events.models import EventType
from tenure.health.calibration import calibrate_draft
from tenure.health.close_day import close_days
from tenure.lib import clock
from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Store
from tests.health.company import EXPORT, FIRST, LAST, LOGIN, SEARCH, Company, ten_accounts
from tests.keys import pass_over
from tests.made_once import made_once


@pytest.fixture(scope="session")
def ten_accounts_file() -> Path:
    """A warehouse with the events of ten_accounts."""

    def make(folder: Path) -> None:
        opened = DuckDBStore.open(folder / "warehouse.duckdb")
        ten_accounts(opened)
        opened.close()

    return made_once("ten-accounts", make) / "warehouse.duckdb"


@pytest.fixture(scope="session")
def closed_file(ten_accounts_file, django_db_setup, django_db_blocker) -> Path:
    """The same with every day closed."""

    def make(folder: Path) -> None:
        shutil.copy(ten_accounts_file, folder)
        opened = DuckDBStore.open(folder / "warehouse.duckdb")
        with django_db_blocker.unblock(), transaction.atomic():
            close_days(FIRST, LAST, store=opened, zone=ZoneInfo("UTC"))
            transaction.set_rollback(True)
        opened.close()

    return made_once("ten-accounts-closed", make) / "warehouse.duckdb"


@pytest.fixture
def company(ten_accounts_file, tmp_path, db) -> Iterator[Company]:
    """Ten accounts, no day closed."""
    shutil.copy(ten_accounts_file, tmp_path / "warehouse.duckdb")
    with opened(tmp_path) as copy:
        yield Company(copy, 1, dict.fromkeys(range(1, 11), FIRST))


@pytest.fixture
def closed_company(closed_file, tmp_path, db, on_day) -> Iterator[Company]:
    """Ten accounts, every day closed, on the day after."""
    shutil.copy(closed_file, tmp_path / "warehouse.duckdb")
    with opened(tmp_path) as copy:
        calibrate_draft(LAST, copy, ZoneInfo("UTC"))  # as when the file was made
        on_day(LAST + timedelta(days=1))
        yield Company(copy, 1, dict.fromkeys(range(1, 11), FIRST))


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """An empty warehouse that the jobs use as well."""
    with opened(tmp_path) as empty:
        yield empty


@contextmanager
def opened(folder: Path) -> Iterator[DuckDBStore]:
    """The warehouse in a folder, as the one the jobs use."""
    store = DuckDBStore.open(folder / "warehouse.duckdb")
    current.use(store)
    try:
        yield store
    finally:
        current.use(None)
        store.close()


@pytest.fixture
def events(db) -> None:
    for pk, name in [(SEARCH, "search"), (EXPORT, "report exported"), (LOGIN, "login")]:
        EventType.objects.create(pk=pk, name=name, kind="track", event_class=1 if pk == LOGIN else 2)
    pass_over(EventType)


@pytest.fixture
def on_day():
    """Sets the clock to noon of a day."""

    def set_day(day) -> None:
        clock.set_clock(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    return set_day
