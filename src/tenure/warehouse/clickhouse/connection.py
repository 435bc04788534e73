"""Clients of one ClickHouse database, and its errors in the warehouse's words.

clickhouse_connect is imported when the first connection is made: a server on DuckDB never pays for it.
"""

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from tenure.warehouse.clickhouse.address import Address
from tenure.warehouse.store import TooMuchData, WarehouseBusy, WarehouseError

READ_SECONDS = 30
READ_ROWS = 2_000_000
TIME_EXCEEDED = {159, 160}  # TIMEOUT_EXCEEDED, TOO_SLOW
RESULT_EXCEEDED = {396}  # TOO_MANY_ROWS_OR_BYTES
MEMORY_EXCEEDED = {241}
COMMON = {"join_use_nulls": 0, "do_not_merge_across_partitions_select_final": 1}
WRITE_SETTINGS = {
    "async_insert": 0,  # an insert that returned is stored
    "insert_deduplicate": 0,  # the same block twice is meant: staging tables are filled and emptied again
    "max_insert_threads": 1,  # blocks in the order of the rows: a moved row's new place before its old one is cleared
    "mutations_sync": 2,
    "alter_sync": 2,
}


@dataclass(frozen=True)
class Limits:
    """What one read may take."""

    seconds: float = READ_SECONDS
    rows: int = READ_ROWS


class Connection:
    """Two clients, one for reads and one for writes, so a long write never holds reads up."""

    def __init__(self, address: Address, limits: Limits) -> None:
        self.address = address
        self.limits = limits
        self.last_version = 0
        try:
            _client(address, None).command(f"CREATE DATABASE IF NOT EXISTS {address.quoted_database}")
            self.reader = _client(address, address.database)
            self.writer = _client(address, address.database)
        except Exception as error:
            raise WarehouseError(f"Cannot reach ClickHouse at {address}: {error}") from error

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Every row of a bounded read; raises WarehouseBusy or TooMuchData."""
        try:
            result = self.reader.query(sql, parameters=_bound(parameters), settings=self._read_settings())
        except Exception as error:
            raise _in_our_words(error) from error
        return [tuple(row) for row in result.result_rows]

    def value(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row of a bounded read."""
        return self.rows(sql, parameters)[0][0]

    def arrow(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """A bounded read as an Arrow table."""
        try:
            return self.reader.query_arrow(sql, parameters=_bound(parameters), settings=self._read_settings())
        except Exception as error:
            raise _in_our_words(error) from error

    def stored(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Every row of a read that belongs to a write: by the writer, without the limits of pages."""
        try:
            return [tuple(row) for row in self.writer.query(sql, parameters=_bound(parameters)).result_rows]
        except Exception as error:
            raise _in_our_words(error) from error

    def write(self, sql: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Runs a statement and waits until its outcome is stored."""
        try:
            self.writer.command(sql, parameters=_bound(parameters))
        except Exception as error:
            raise _in_our_words(error) from error

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Inserts a few rows; nothing happens when there are none."""
        if not rows:
            return
        try:
            self.writer.insert(table, rows, column_names=list(columns))
        except Exception as error:
            raise _in_our_words(error) from error

    def insert_arrow(self, table: str, rows: pa.Table) -> None:
        """Inserts an Arrow table; its columns are matched by name."""
        try:
            self.writer.insert_arrow(table, rows)
        except Exception as error:
            raise _in_our_words(error) from error

    def insert_parquet(self, table: str, columns: Sequence[str], path: Path) -> None:
        """Inserts a Parquet file."""
        try:
            with path.open("rb") as file:
                self.writer.raw_insert(table, list(columns), file, fmt="Parquet")
        except Exception as error:
            raise _in_our_words(error) from error

    def export_parquet(self, sql: str, parameters: Mapping[str, Any], path: Path) -> None:
        """Writes a query's rows into a Parquet file, by a client of its own: reads and writes go on."""
        client = _client(self.address, self.address.database)
        try:
            with client.raw_stream(sql, _bound(parameters), fmt="Parquet") as stream, path.open("wb") as file:
                shutil.copyfileobj(stream, file, 2**20)
        except Exception as error:
            raise _in_our_words(error) from error
        finally:
            client.close()

    def next_version(self, tables: Sequence[str]) -> int:
        """Microseconds since 1970, or one above every version stored when the clock was put back."""
        if not self.last_version:
            newest = " UNION ALL ".join(f"SELECT max(version) v FROM {table}" for table in tables)
            self.last_version = int(self.stored(f"SELECT max(v) FROM ({newest})")[0][0])
        self.last_version = max(self.last_version + 1, time.time_ns() // 1000)
        return self.last_version

    def close(self) -> None:
        self.reader.close()
        self.writer.close()

    def _read_settings(self) -> dict[str, Any]:
        return {
            "max_execution_time": self.limits.seconds,
            "timeout_overflow_mode": "throw",
            "max_result_rows": self.limits.rows,
            "result_overflow_mode": "throw",
        }


def _client(address: Address, database: str | None) -> Any:
    import clickhouse_connect

    settings = COMMON | WRITE_SETTINGS
    return clickhouse_connect.get_client(
        database=database, settings=settings, tz_mode="aware", **address.client_options
    )


def _bound(parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict(parameters or {})


def _in_our_words(error: Exception) -> WarehouseError:
    code = getattr(error, "code", None)
    if code in TIME_EXCEEDED:
        return WarehouseBusy("The warehouse took too long to answer. Choose a shorter span, or try again later.")
    if code in MEMORY_EXCEEDED:
        return WarehouseBusy("The warehouse ran out of memory for this answer. Choose a shorter span.")
    if code in RESULT_EXCEEDED:
        return TooMuchData("That is more than one answer may hold. Choose a shorter span or fewer accounts.")
    return WarehouseError(f"ClickHouse refused a statement: {error}")
