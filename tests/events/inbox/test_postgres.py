"""What is particular to the inbox in PostgreSQL."""

import psycopg
import pytest

from tenure.events.inbox.postgres import PostgresInbox
from tenure.events.inbox.store import InboxUnavailable
from tests.events.inbox.conftest import arrival


@pytest.fixture
def inbox(empty_postgres: str):
    opened = PostgresInbox(empty_postgres)
    yield opened
    opened.close()


def test_it_shows_no_later_id_before_an_earlier_one_is_settled(inbox: PostgresInbox, empty_postgres: str):
    inbox.put([arrival(0)])
    with psycopg.connect(empty_postgres) as slow:  # another server's commit, under way
        slow.execute("UPDATE inbox_last_id SET id = id + 1")
        with psycopg.connect(empty_postgres, autocommit=True) as other:
            other.execute("SET lock_timeout = '100ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute("UPDATE inbox_last_id SET id = id + 1")
        slow.rollback()
    assert inbox.put([arrival(1)]) == [2]


def test_it_is_unavailable_while_the_database_is_away_and_works_again_after(inbox: PostgresInbox, empty_postgres: str):
    inbox.put([arrival(0)])
    with psycopg.connect(empty_postgres, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(InboxUnavailable):
        inbox.put([arrival(1)])
    assert inbox.put([arrival(1)]) == [2]


def test_it_says_when_there_is_no_database(tmp_path):
    with pytest.raises(InboxUnavailable, match="PostgreSQL"):
        PostgresInbox(f"postgresql://nobody@/none?host={tmp_path}")


def test_it_waits_for_the_disk_even_where_the_database_does_not(empty_postgres: str):
    with psycopg.connect(empty_postgres, autocommit=True) as admin:
        admin.execute("ALTER ROLE tenure SET synchronous_commit = off")
        try:
            inbox = PostgresInbox(empty_postgres)
            inbox.put([arrival(0)])
            assert inbox._writer._open.execute("SHOW synchronous_commit").fetchone() == ("on",)
            inbox.close()
        finally:
            admin.execute("ALTER ROLE tenure RESET synchronous_commit")


def test_it_takes_text_that_holds_a_nul(inbox: PostgresInbox):
    sent = arrival(0)
    inbox.put([sent._replace(request=sent.request.__class__("batch", b"\0", "a=\0", "text/\0"))])
    [body] = inbox.after(0, 1, 1)
    assert (body.request.body, body.request.query) == (b"\0", "a=�")


def test_two_servers_share_it(inbox: PostgresInbox, empty_postgres: str):
    other = PostgresInbox(empty_postgres)
    assert [each.put([arrival(0)]) for each in (inbox, other, inbox)] == [[1], [2], [3]]
    other.close()
