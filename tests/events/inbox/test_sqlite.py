"""What is particular to the inbox in an SQLite file."""

import sqlite3

import pytest

from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import InboxUnavailable
from tenure.events.message import Request
from tests.events.inbox.conftest import arrival


def test_it_syncs_before_a_commit_returns(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    found = [inbox._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert found == ["wal", 2]  # 2 is FULL
    inbox.close()


def test_it_puts_all_or_none(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    inbox.put([arrival(0)])
    pages = inbox._writer.execute("PRAGMA page_count").fetchone()[0]
    inbox._writer.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(InboxUnavailable, match="full"):
        inbox.put([arrival(n, size=1000) for n in range(1, 201)])
    assert inbox.backlog(0)[0] == inbox.last_id() == 1
    inbox._writer.execute("PRAGMA max_page_count = 100000")
    assert inbox.put([arrival(n, size=1000) for n in range(1, 201)]) == list(range(2, 202))
    inbox.close()


def test_it_keeps_what_was_put_when_it_is_opened_again(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    inbox.put([arrival(n) for n in range(3)])
    inbox.close()
    again = SqliteInbox(tmp_path / "inbox.sqlite3")
    assert (again.last_id(), len(again.after(0, 10, 10**6))) == (3, 3)
    again.close()


def test_it_takes_bodies_from_another_process_in_one_order(tmp_path):
    here, there = (SqliteInbox(tmp_path / "inbox.sqlite3") for _ in range(2))
    assert [inbox.put([arrival(0), arrival(1)]) for inbox in (here, there, here)] == [[1, 2], [3, 4], [5, 6]]
    assert there.last_id() == 6
    here.close()
    there.close()


def test_it_says_what_to_do_about_a_damaged_file(tmp_path):
    path = tmp_path / "inbox.sqlite3"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(InboxUnavailable, match="put the newest backup's copy in its place"):
        SqliteInbox(path)
    assert path.read_bytes().startswith(b"no database")


def test_it_is_unavailable_after_it_was_closed(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    inbox.close()
    for use in (lambda: inbox.put([arrival(0)]), inbox.last_id, lambda: inbox.after(0, 1, 1)):
        with pytest.raises(InboxUnavailable):
            use()


def test_it_lets_the_log_be_reused_while_it_is_read(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    for n in range(400):
        inbox.put([arrival(n, size=50_000)])
        inbox.after(n, 1, 1)
    assert (tmp_path / "inbox.sqlite3-wal").stat().st_size < 8 * 2**20  # of 20 MB written
    inbox.close()


def test_its_backup_is_a_file_of_its_own(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    inbox.put([arrival(0)])
    inbox.backup(str(tmp_path / "copy.sqlite3"))
    assert sqlite3.connect(tmp_path / "copy.sqlite3").execute("SELECT count(*) FROM body").fetchone() == (1,)
    inbox.close()


def test_it_leaves_nothing_of_a_rewritten_body_in_its_files(tmp_path):
    inbox = SqliteInbox(tmp_path / "inbox.sqlite3")
    sent = arrival(1)._replace(request=Request("batch", b"ada@acme.example " * 2000))
    inbox.put([sent, arrival(2)])
    [body, _] = inbox.after(0, 10, 10**6)
    inbox.rewrite([body._replace(request=Request("batch", b"[]"))])
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    inbox.close()
    assert b"ada@acme" not in left
