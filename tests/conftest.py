"""Fixtures every test may use. The cast: alice owns, bob is on the team, charlie is a stranger."""

import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from tenure.lib import clock
from tenure.lib.garbage import settle
from tenure.people.models import Member, Role
from tests.made_once import copy_migrated, migrated


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("numprocesses", None) and connection.vendor == "sqlite":  # else while the workers wait for it
        threading.Thread(target=migrated, daemon=True).start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The fast part runs on DuckDB and SQLite; what needs another engine's server runs with everything."""
    for item in items:
        if any(engine in item.nodeid.lower() for engine in ("clickhouse", "postgres")):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    settle()  # as in a server: what was imported and collected is not looked through for garbage again and again


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """No bytes of a file in a test's name: an archive holds the time, and pytest's workers must agree on the names."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(scope="session", autouse=True)
def assets() -> None:
    """The bundle and the catalogues, built when they are not those of the sources; else this costs 5 ms."""
    root = Path(__file__).parent.parent
    sys.path.insert(0, str(root / "frontend"))
    from assets import ensure

    ensure(root)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is there when pytest-django comes to it, but for what it still has to be told."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    if connection.vendor == "sqlite":
        copy_migrated(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(autouse=True)
def real_clock():
    yield
    clock.set_clock(None)


@pytest.fixture
def alice(db) -> Member:
    return Member.objects.create_user("alice@example.com", "correct horse battery", name="Alice", role=Role.OWNER)


@pytest.fixture
def bob(db) -> Member:
    return Member.objects.create_user("bob@example.com", "correct horse battery", name="Bob", role=Role.CSM)


@pytest.fixture
def charlie(db) -> Member:
    return Member.objects.create_user(
        "charlie@example.com", "correct horse battery", name="Charlie", role=Role.VIEWER, is_active=False
    )
