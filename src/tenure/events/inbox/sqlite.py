"""The inbox in its own SQLite file: the default, for one server."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tenure.events.inbox.store import Arrival, Body, InboxUnavailable
from tenure.events.message import Request

# AUTOINCREMENT: an id is never used again, even when every body was pruned; the loader's position depends on it.
_TABLE = """
CREATE TABLE IF NOT EXISTS body (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL, wire_format TEXT NOT NULL, received_us INTEGER NOT NULL,
  route TEXT NOT NULL, query TEXT NOT NULL, content_type TEXT NOT NULL, content_encoding TEXT NOT NULL,
  body BLOB NOT NULL
)
"""
_COLUMNS = "source_id, wire_format, received_us, route, query, content_type, content_encoding, body"

# Each row of its own statement would give up the interpreter lock and wait for it again; one statement for many
# rows does so once. The limit keeps every statement in SQLite's cache of prepared ones.
_ROWS_A_STATEMENT = 64
_PRUNE_AT_ONCE = 500  # bodies deleted in one transaction, so that no request waits long behind it


class SqliteInbox:
    """Safe for several threads. A second process may put as well: SQLite's own lock keeps the order of ids."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the file; raises InboxUnavailable when that fails or the file is damaged."""
        self._writing, self._reading = threading.Lock(), threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _connect(path)
            self._writer.execute(_TABLE)
            self._reader = _connect(path)
            self._reader.execute("PRAGMA query_only = 1")
        except (sqlite3.Error, OSError) as error:
            raise InboxUnavailable(
                f"The inbox {path} cannot be opened: {error}. Nothing was changed. If the disk is well and the file is "
                "damaged, put the newest backup's copy in its place; what came after it and was not loaded is lost."
            ) from error

    def put(self, arrivals: Sequence[Arrival]) -> list[int]:
        if not arrivals:
            return []
        with self._writing, _unavailable():
            if len(arrivals) <= _ROWS_A_STATEMENT:  # a statement alone is its own transaction
                last = self._insert(arrivals)
            else:
                with _transaction(self._writer):
                    for start in range(0, len(arrivals), _ROWS_A_STATEMENT):
                        last = self._insert(arrivals[start : start + _ROWS_A_STATEMENT])
        return list(range(last - len(arrivals) + 1, last + 1))

    def _insert(self, arrivals: Sequence[Arrival]) -> int:
        values: list[Any] = []
        for arrival in arrivals:
            values += _values(*arrival)
        last = self._writer.execute(_insert_sql(len(arrivals)), values).lastrowid
        assert last is not None
        return last

    def after(self, position: int, limit: int, max_bytes: int) -> list[Body]:
        bodies: list[Body] = []
        size = 0
        with self._reading, _unavailable():
            rows = self._reader.execute(
                f"SELECT id, {_COLUMNS} FROM body WHERE id > ? ORDER BY id LIMIT ?", (position, limit)
            )
            for id, source_id, wire_format, received_us, route, query, content_type, content_encoding, body in rows:
                request = Request(route, body, query, content_type, content_encoding)
                bodies.append(Body(id, source_id, wire_format, received_us, request))
                size += len(body)
                if size >= max_bytes:
                    break
            rows.close()  # an open read would keep the write-ahead log from being reused
        return bodies

    def backlog(self, position: int) -> tuple[int, int]:
        # Ids have no gaps after the first one kept: a failed put takes its ids back, pruning takes the oldest only.
        with self._reading, _unavailable():
            first = self._reader.execute(
                "SELECT id, received_us FROM body WHERE id > ? ORDER BY id LIMIT 1", (position,)
            ).fetchone()
            last = self._reader.execute("SELECT max(id) FROM body").fetchone()[0]
        return (last - first[0] + 1, first[1]) if first else (0, 0)

    def last_id(self) -> int:
        with self._reading, _unavailable():
            row = self._reader.execute("SELECT seq FROM sqlite_sequence WHERE name = 'body'").fetchone()
        return row[0] if row else 0

    def reserve(self, up_to: int) -> None:
        with self._writing, _unavailable(), _transaction(self._writer):
            none = "NOT EXISTS (SELECT * FROM sqlite_sequence WHERE name = 'body')"
            self._writer.execute(f"INSERT INTO sqlite_sequence SELECT 'body', 0 WHERE {none}")
            self._writer.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'body'", (up_to,))

    def rewrite(self, bodies: Sequence[Body]) -> None:
        """See Inbox. What is freed is overwritten, and the write-ahead log emptied, so that no old text is left."""
        rows = [
            (*_values(each.source_id, each.wire_format, each.received_us, each.request), each.id) for each in bodies
        ]
        assignments = ", ".join(f"{column} = ?" for column in _COLUMNS.split(", "))
        with self._writing, _unavailable():
            self._writer.execute("PRAGMA secure_delete = ON")
            try:
                with _transaction(self._writer):
                    self._writer.executemany(f"UPDATE body SET {assignments} WHERE id = ?", rows)
            finally:
                self._writer.execute("PRAGMA secure_delete = OFF")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def prune(self, up_to: int, received_before_us: int) -> int:
        with self._reading, _unavailable():
            kept = self._reader.execute(
                "SELECT id FROM body WHERE id <= ? AND received_us >= ? ORDER BY id LIMIT 1",
                (up_to, received_before_us),
            ).fetchone()
        last = kept[0] - 1 if kept else up_to
        pruned = 0
        while True:
            with self._writing, _unavailable():
                count = self._writer.execute(
                    "DELETE FROM body WHERE id IN (SELECT id FROM body WHERE id <= ? ORDER BY id LIMIT ?)",
                    (last, _PRUNE_AT_ONCE),
                ).rowcount
            pruned += count
            if count < _PRUNE_AT_ONCE:
                return pruned

    def backup(self, path: str) -> None:
        """Copies the whole inbox as it is at this moment into a new SQLite file, synced; writing goes on meanwhile."""
        source = sqlite3.connect(self._path())
        copy = sqlite3.connect(path)
        try:
            with _unavailable():
                source.backup(copy)
        finally:
            copy.close()
            source.close()
        with Path(path).open("rb") as file:
            os.fsync(file.fileno())

    def copy_in(self, bodies: Sequence[Body]) -> None:
        """Adds bodies of another inbox under their own ids, which must not be taken here."""
        rows = [
            (each.id, *_values(each.source_id, each.wire_format, each.received_us, each.request)) for each in bodies
        ]
        with self._writing, _unavailable(), _transaction(self._writer):
            self._writer.executemany(f"INSERT INTO body (id, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", rows)

    def _path(self) -> str:
        with self._reading:
            path: str = self._reader.execute("PRAGMA database_list").fetchone()[2]
        return path

    def close(self) -> None:
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=20, isolation_level=None, check_same_thread=False, cached_statements=_ROWS_A_STATEMENT + 16
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # the log is synced before a commit returns: power loss is safe
    connection.execute("PRAGMA fullfsync = 1")  # on macOS plain fsync stops at the drive's cache
    connection.execute("PRAGMA journal_size_limit = 67108864")
    return connection


def _values(source_id: int, wire_format: str, received_us: int, request: Request) -> tuple[Any, ...]:
    what = (request.route, request.query, request.content_type, request.content_encoding, request.body)
    return (source_id, wire_format, received_us, *what)


@cache
def _insert_sql(rows: int) -> str:
    return f"INSERT INTO body ({_COLUMNS}) VALUES " + ",".join(["(?,?,?,?,?,?,?,?)"] * rows)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise InboxUnavailable(f"The inbox cannot be used: {error}. Check the disk.") from error
