from collections.abc import Iterator

import psycopg
import pytest

from tenure.events.inbox.postgres import PostgresInbox
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import Arrival, Inbox
from tenure.events.message import Request
from tests import postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def empty_postgres(postgres_url: str) -> str:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS inbox_body, inbox_last_id")
    return postgres_url


@pytest.fixture(params=["sqlite", "postgres"])
def inbox(request: pytest.FixtureRequest, tmp_path) -> Iterator[Inbox]:
    if request.param == "sqlite":
        opened: Inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    else:
        opened = PostgresInbox(request.getfixturevalue("empty_postgres"))
    yield opened
    opened.close()


def arrival(number: int, size: int = 20, received_us: int = 0) -> Arrival:
    """A body that can be told from others by its first bytes."""
    body = b"%06d" % number + bytes(size - 6)
    return Arrival(7, "segment", received_us or number, Request("batch", body, "a=é", "application/json", "gzip"))
