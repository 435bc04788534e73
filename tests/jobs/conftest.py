"""Jobs are tested on SQLite and on PostgreSQL: `database` stands for either."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from tenure.jobs import kinds
from tenure.lib import clock
from tests import postgres

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url(django_db_blocker) -> Iterator[str]:
    """A cluster in which every new database has the tables: template1 was migrated."""
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.cluster() as url:
        connection = _connection(url, "template1")
        with django_db_blocker.unblock():
            ours, connections["default"] = connections["default"], connection
            try:
                call_command("migrate", verbosity=0)
            finally:
                connections["default"] = ours
                connection.close()
        yield url


@pytest.fixture(scope="session")
def postgres_connection(postgres_url: str, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("CREATE DATABASE jobs")
    connection = _connection(postgres_url, "jobs")
    with django_db_blocker.unblock():
        yield connection
        connection.close()


def _connection(url: str, name: str) -> BaseDatabaseWrapper:
    settings = connections.settings["default"] | {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": "tenure",
        "HOST": url.partition("host=")[2],
        "OPTIONS": {},
    }
    return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, db, django_db_blocker) -> Iterator[None]:
    """An empty database of each kind; what a test writes is rolled back."""
    if request.param == "sqlite":
        yield
        return
    connection = request.getfixturevalue("postgres_connection")
    with django_db_blocker.unblock():
        ours, connections["default"] = connections["default"], connection
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            connections["default"] = ours


@pytest.fixture
def later() -> Callable[..., None]:
    """Stops the clock at NOW; call it with a timedelta's arguments to move it on."""
    now = NOW

    def move(**by: float) -> None:
        nonlocal now
        now += timedelta(**by)

    clock.set_clock(lambda: now)
    return move


@pytest.fixture
def handler(monkeypatch) -> Callable[..., None]:
    """Registers a kind for one test: handler(function, name=..., lease_s=...)."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def register(handle: kinds.Handler, name: str = "count", **rest: object) -> None:
        kinds.register(name, handle, name.title(), **rest)

    return register
