"""What happens inside one writing transaction."""

import warnings
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

# The copy it warns of is small: what is new of a batch, or its users by day.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)


class Transaction:
    """The writing connection while it is in a transaction. Arrow tables get in by name with `register`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._registered: set[str] = set()

    def register(self, name: str, table: pa.Table) -> None:
        self._connection.register(name, table)
        self._registered.add(name)

    def execute(self, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        self._connection.execute(sql, parameters or {})

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Any]:
        rows: list[Any] = self._connection.execute(sql, parameters or {}).fetchall()
        return rows

    def arrow(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        # Not connection.sql(): a relation is planned twice.
        return self._connection.execute(sql, parameters or {}).to_arrow_table()

    def forget_tables(self) -> None:
        """Lets go of the registered tables' memory."""
        for name in self._registered:
            self._connection.unregister(name)
