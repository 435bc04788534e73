"""A real PostgreSQL behind a host and a port."""

import socket

import psycopg
import pytest

from tenure.integrations.errors import SourceFailed
from tenure.integrations.integration import Asked
from tenure.integrations.setting_up import Draft, add
from tenure.integrations.sql.postgresql import PostgreSQL
from tests import postgres
from tests.integrations.syncing import told

TABLE = """create table customers (account_id text, seats int, "Updated At" timestamptz, note text);
insert into customers select 'a' || n, n, '2026-01-01'::timestamptz + n * interval '1 hour', '100 %s' from generate_series(1, 5000) n;
insert into customers values ('null', 1, null, '?')"""


@pytest.fixture(scope="module")
def server():
    """Its settings."""
    if reason := postgres.missing():
        pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with postgres.cluster(f"-c listen_addresses=127.0.0.1 -c port={port}"):
        parts = {"host": "127.0.0.1", "port": str(port), "database": "postgres", "user": "tenure", "tls": "prefer"}
        with psycopg.connect(f"postgresql://tenure@127.0.0.1:{port}/postgres", autocommit=True) as connection:
            connection.execute(TABLE)
        yield parts


@pytest.mark.slow
def test_it_goes_on_from_a_moment_and_only_reads(server, syncing):
    query = "with all_of as (select * from customers where note not like '%x%') select * from all_of;"
    sync = syncing.mapped("postgresql", {**server, "query": query}, cursor_column="Updated At")
    first = syncing.run(sync)
    assert told(first) == ("done", 5001, 0, 0, 0)
    assert told(syncing.run(sync)) == ("done", 0, 0, 2, 0)
    for bad, said in (
        ("select 1) as a; drop table customers; select * from (select 1", "multiple commands"),
        (
            "with gone as (delete from customers returning *) select * from gone",
            "not allowed|must be at the top level|cannot",
        ),
        ("select set_config('transaction_read_only', 'off', false) as a", "must be set before any query"),
        ("select a from nowhere", "does not exist"),
    ):
        with pytest.raises(SourceFailed, match=said):
            add(Draft("Other", "postgresql", "accounts", {**server, "query": bad}), syncing.actor)


@pytest.mark.slow
def test_it_ends_what_takes_too_long(server, opened):
    asked = Asked({**server, "password": "", "query": "select pg_sleep(20)"}, seconds=1)
    with pytest.raises(SourceFailed, match="statement timeout"):
        list(next(iter(PostgreSQL().tables(asked))).chunks())
