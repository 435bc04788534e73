"""The open file: one connection that writes, under a lock, and one cursor per reading thread, bounded."""

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import duckdb
import pyarrow as pa

from tenure.warehouse.duckdb.answers import Answers
from tenure.warehouse.duckdb.failure import explain
from tenure.warehouse.duckdb.schema import create_tables
from tenure.warehouse.duckdb.transaction import Transaction
from tenure.warehouse.duckdb.watchdog import Watchdog
from tenure.warehouse.store import TooMuchData, WarehouseBusy, WarehouseError

READ_SECONDS = 15.0
READ_ROWS = 1_000_000
UPKEEP_SECONDS = 3600.0
HELD = 24  # with 10,000 accounts an order of a day is 40 KB, and the columns of a list and its trend are 1 to 2 MB
QUIET = "set enable_progress_bar = false"  # a setting of each connection; it would write into the server's log


class Connection:
    """One process owns the file; a second one is refused. See warehouse.store for what each exception means."""

    def __init__(self, path: Path, connection: Any, read_seconds: float, read_rows: int) -> None:
        self.path = path
        self.read_seconds = read_seconds
        self.read_rows = read_rows
        self._connection = connection
        self._write_lock = threading.RLock()
        self._local = threading.local()
        self._cursors: dict[threading.Thread, Any] = {}
        self._cursors_lock = threading.Lock()
        self._watchdog = Watchdog()
        self.answers = Answers()  # about account_day's rows, every page asks for them
        self.held = Answers(most=HELD)  # of account_day's rows, those that lists show
        self.layout = Answers()  # about its columns

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        memory_limit: str = "1GB",
        threads: int = 2,
        read_seconds: float = READ_SECONDS,
        read_rows: int = READ_ROWS,
    ) -> Self:
        """Opens the file or makes it; raises WarehouseDamaged, or WarehouseError when another process owns it."""
        settings = {
            "memory_limit": memory_limit,
            "threads": threads,
            "checkpoint_threshold": "64MB",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "arrow_lossless_conversion": True,  # a UUID stays 16 bytes
            "python_enable_replacements": False,  # a table name never means a Python variable
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        connection: Any = None
        try:
            connection = duckdb.connect(str(path), config=settings)
            connection.execute(QUIET)
            create_tables(connection)
        except duckdb.Error as error:
            if connection is not None:
                connection.close()
            raise explain(error, path) from error
        except WarehouseError:
            connection.close()
            raise
        return cls(path, connection, read_seconds, read_rows)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The one transaction that writes: committed at the end, rolled back on any exception."""
        with self._write_lock:
            transaction = Transaction(self._connection)
            try:
                transaction.execute("begin")
                try:
                    yield transaction
                    transaction.execute("commit")
                except BaseException:
                    self._roll_back()
                    raise
                finally:
                    transaction.forget_tables()
            except duckdb.Error as error:
                raise explain(error, self.path) from error

    def checkpoint(self) -> None:
        """Folds the log into the file. Until then deleted rows stay, and with them a newest time must be searched for.

        DuckDB does it by itself at 64 MB; it refuses while a backup copies, then that is soon enough.
        """
        with self._write_lock, suppress(duckdb.TransactionException):
            self._connection.execute("checkpoint")

    def _roll_back(self) -> None:
        # A failure that already ended the transaction is what the caller must see, not that there is none to end.
        with suppress(duckdb.Error):
            self._connection.execute("rollback")

    def read(
        self,
        sql: str,
        parameters: Mapping[str, object] | None = None,
        *,
        ids: Mapping[str, Collection[int]] | None = None,
        limit: tuple[int, int] | None = None,
        seconds: float | None = None,
    ) -> list[Any]:
        """All rows of a query as tuples, or those of its page: `limit` = (rows, offset).

        `ids` are tables of one column `id` by which long lists of ids get in (see among).
        Raises WarehouseBusy after `seconds`, TooMuchData above `read_rows`, WarehouseDamaged.
        """
        most, offset = limit or (self.read_rows + 1, 0)
        tables = {name: pa.table({"id": pa.array(values, pa.uint32())}) for name, values in (ids or {}).items()}
        with self.reading(tables, seconds) as cursor:
            rows: list[Any] = cursor.execute(f"{sql}\nlimit {most} offset {offset}", parameters or {}).fetchall()
        if limit is None and len(rows) > self.read_rows:
            raise TooMuchData(f"This would return more than {self.read_rows} rows. Ask for a shorter span or less.")
        return rows

    def read_table(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        """All rows of a query as columns. Raises what `read` raises, but for the number of rows."""
        with self.reading() as cursor:
            found: pa.Table = cursor.execute(sql, parameters).to_arrow_table()
        return found.combine_chunks()

    def forget(self) -> None:
        """Called when a write to account_day, or to what it is read with, was committed."""
        self.answers.forget()
        self.held.forget()

    @contextmanager
    def reading(self, tables: Mapping[str, pa.Table] | None = None, seconds: float | None = None) -> Iterator[Any]:
        """This thread's cursor with Arrow tables registered under their names, watched for time."""
        cursor = self._cursor()
        limit = seconds or self.read_seconds
        for name, table in (tables or {}).items():
            cursor.register(name, table)
        try:
            with self._watchdog.limit(cursor, limit):
                yield cursor
        except duckdb.InterruptException as error:
            raise WarehouseBusy(
                f"This took longer than {limit:g} seconds. Ask for less, or try again later."
            ) from error
        except duckdb.OutOfMemoryException as error:
            raise TooMuchData("This needs more memory than the warehouse may use. Ask for a shorter span.") from error
        except duckdb.Error as error:
            raise explain(error, self.path) from error
        finally:
            for name in tables or {}:
                cursor.unregister(name)

    def _cursor(self) -> Any:
        cursor = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._connection.cursor()
            cursor.execute(QUIET)
            with self._cursors_lock:
                for thread in [thread for thread in self._cursors if not thread.is_alive()]:
                    self._cursors.pop(thread).close()
                self._cursors[threading.current_thread()] = cursor
        return cursor

    def close(self) -> None:
        """Waits for the write under way, then closes; reads under way end with an error."""
        with self._write_lock:
            self._watchdog.stop()
            with self._cursors_lock:
                for cursor in self._cursors.values():
                    cursor.close()
            self._connection.close()
