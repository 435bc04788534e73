"""The inbox as a table in the operational PostgreSQL: for several servers in front of one database."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg.rows import TupleRow

from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import Arrival, Body, InboxUnavailable
from tenure.events.message import Request

T = TypeVar("T")

# The last id is a row and not a sequence: its lock is held until the commit, so ids become visible in their order
# (a loader that saw 7 will never meet a late 6), and a put that fails takes its ids back.
_TABLES = """
CREATE TABLE IF NOT EXISTS inbox_body (
  id bigint PRIMARY KEY, source_id bigint NOT NULL, wire_format text NOT NULL, received_us bigint NOT NULL,
  route text NOT NULL, query text NOT NULL, content_type text NOT NULL, content_encoding text NOT NULL,
  body bytea NOT NULL
);
ALTER TABLE inbox_body ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS inbox_last_id (one boolean PRIMARY KEY DEFAULT true CHECK (one), id bigint NOT NULL);
INSERT INTO inbox_last_id (id) VALUES (0) ON CONFLICT DO NOTHING
"""
_COLUMNS = "source_id, wire_format, received_us, route, query, content_type, content_encoding, body"
_PUT = f"""
WITH last AS (UPDATE inbox_last_id SET id = id + %(count)s RETURNING id),
added AS (
  INSERT INTO inbox_body (id, {_COLUMNS})
  SELECT last.id - %(count)s + place, {_COLUMNS}
  FROM last, unnest(%(sources)b::bigint[], %(formats)s::text[], %(received)b::bigint[], %(routes)s::text[],
    %(queries)s::text[], %(types)s::text[], %(encodings)s::text[], %(bodies)b::bytea[])
    WITH ORDINALITY AS new ({_COLUMNS}, place)
)
SELECT id FROM last
"""
_OPTIONS = "-c lock_timeout=15s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
_PRUNE_AT_ONCE = 500  # bodies deleted in one transaction, so that other work on the table goes on
_COPY_AT_ONCE = 500


class PostgresInbox:
    """Safe for several threads and processes: one connection to put, one to read, opened again when they break."""

    def __init__(self, url: str) -> None:
        """Connects and makes the tables; raises InboxUnavailable."""
        self._writer, self._reader = _Connection(url), _Connection(url)
        self._writer.run(_make_tables)

    def put(self, arrivals: Sequence[Arrival]) -> list[int]:
        if not arrivals:
            return []
        values = {
            "count": len(arrivals),
            "sources": [each.source_id for each in arrivals],
            "formats": [each.wire_format for each in arrivals],
            "received": [each.received_us for each in arrivals],
            "routes": [_text(each.request.route) for each in arrivals],
            "queries": [_text(each.request.query) for each in arrivals],
            "types": [_text(each.request.content_type) for each in arrivals],
            "encodings": [_text(each.request.content_encoding) for each in arrivals],
            "bodies": [each.request.body for each in arrivals],
        }
        last = self._writer.run(lambda connection: _one(connection, _PUT, values))[0]
        return list(range(last - len(arrivals) + 1, last + 1))

    def after(self, position: int, limit: int, max_bytes: int) -> list[Body]:
        # The sizes are summed before the bodies are read: a body over the limit is never fetched just to be left.
        sql = f"""
        SELECT id, {_COLUMNS} FROM inbox_body WHERE id > %(position)s AND id <= (
          SELECT coalesce(max(id), 0) FROM (
            SELECT id, sum(octet_length(body)) OVER (ORDER BY id) - octet_length(body) AS before
            FROM (SELECT id, body FROM inbox_body WHERE id > %(position)s ORDER BY id LIMIT %(limit)s) AS next
          ) AS sized WHERE before < %(max_bytes)s
        ) ORDER BY id
        """
        values = {"position": position, "limit": limit, "max_bytes": max(max_bytes, 1)}
        rows = self._reader.run(lambda connection: connection.execute(sql, values, binary=True).fetchall())
        return [_body(row) for row in rows]

    def backlog(self, position: int) -> tuple[int, int]:
        # Ids have no gaps after the first one kept, see above, so the number waiting needs no count.
        sql = """
        SELECT id, received_us, (SELECT max(id) FROM inbox_body) FROM inbox_body
        WHERE id > %s ORDER BY id LIMIT 1
        """
        row = self._reader.run(lambda connection: connection.execute(sql, [position]).fetchone())
        return (row[2] - row[0] + 1, row[1]) if row else (0, 0)

    def last_id(self) -> int:
        last: int = self._reader.run(lambda connection: _one(connection, "SELECT id FROM inbox_last_id"))[0]
        return last

    def reserve(self, up_to: int) -> None:
        sql = "UPDATE inbox_last_id SET id = greatest(id, %s)"
        self._writer.run(lambda connection: connection.execute(sql, [up_to]))

    def rewrite(self, bodies: Sequence[Body]) -> None:
        """See Inbox. PostgreSQL gives the old rows' room free with its next vacuum."""
        assignments = ", ".join(f"{column} = %s" for column in _COLUMNS.split(", "))
        rows = [
            (
                *(each.source_id, each.wire_format, each.received_us),
                *(_text(each.request.route), _text(each.request.query), _text(each.request.content_type)),
                *(_text(each.request.content_encoding), each.request.body, each.id),
            )
            for each in bodies
        ]

        def update(connection: psycopg.Connection[TupleRow]) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(f"UPDATE inbox_body SET {assignments} WHERE id = %s", rows)

        self._writer.run(update)

    def prune(self, up_to: int, received_before_us: int) -> int:
        kept = "SELECT min(id) FROM inbox_body WHERE id <= %s AND received_us >= %s"
        first_kept = self._reader.run(lambda connection: _one(connection, kept, [up_to, received_before_us]))[0]
        last = up_to if first_kept is None else first_kept - 1
        sql = "DELETE FROM inbox_body WHERE id IN (SELECT id FROM inbox_body WHERE id <= %s ORDER BY id LIMIT %s)"
        pruned = 0
        while True:
            count = self._reader.run(lambda connection: connection.execute(sql, [last, _PRUNE_AT_ONCE]).rowcount)
            pruned += count
            if count < _PRUNE_AT_ONCE:
                return pruned

    def backup(self, path: str) -> None:
        """Copies the inbox up to its last id now into a new SQLite inbox file, ids kept, synced."""
        last, position = self.last_id(), 0
        copy = SqliteInbox(Path(path))
        try:
            copy.reserve(last)
            while bodies := self.after(position, _COPY_AT_ONCE, 64 * 2**20):
                wanted = [body for body in bodies if body.id <= last]
                copy.copy_in(wanted)
                position = bodies[-1].id
                if len(wanted) < len(bodies):
                    break
        finally:
            copy.close()

    def close(self) -> None:
        self._writer.close()
        self._reader.close()


class _Connection:
    """A connection for one thread at a time. After a failure it is closed, and opened again at the next use."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._open: psycopg.Connection[TupleRow] | None = None

    def run(self, work: Callable[[psycopg.Connection[TupleRow]], T]) -> T:
        with self._lock:
            try:
                self._open = self._open or _connect(self._url)
                return work(self._open)
            except psycopg.Error as error:
                # Even when the database did commit and only the answer was lost: the sender tries again, and the
                # loader drops what came twice.
                self._drop()
                raise InboxUnavailable(f"The inbox in PostgreSQL cannot be used: {error}".strip()) from error

    def _drop(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def close(self) -> None:
        with self._lock:
            self._drop()


def _connect(url: str) -> psycopg.Connection[TupleRow]:
    connection = psycopg.connect(
        url, autocommit=True, connect_timeout=5, options=_OPTIONS, tcp_user_timeout=20_000, keepalives_idle=30
    )
    if _one(connection, "SHOW synchronous_commit")[0] == "off":
        connection.execute("SET synchronous_commit = on")  # "off" would acknowledge before anything is on disk
    return connection


def _make_tables(connection: psycopg.Connection[TupleRow]) -> None:
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('tenure inbox'))")  # two servers starting at once
        connection.execute(_TABLES)


def _one(connection: psycopg.Connection[TupleRow], sql: str, values: Any = None) -> TupleRow:
    row = connection.execute(sql, values).fetchone()
    assert row is not None
    return row


def _body(row: TupleRow) -> Body:
    id, source_id, wire_format, received_us, route, query, content_type, content_encoding, body = row
    return Body(id, source_id, wire_format, received_us, Request(route, body, query, content_type, content_encoding))


def _text(text: str) -> str:
    return text.replace("\0", "�")  # PostgreSQL's text holds no NUL
