"""The table of numbers per account and day: written a day at a time, read by day, by account and by state."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.duckdb.connection import Connection
from tenure.warehouse.duckdb.transaction import Transaction
from tenure.warehouse.schema import HEALTH_COLUMNS, is_metric_column, metric_column

TABLES = ("account_day", "account_day_known")


class AccountDay(Connection):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        # The columns of each table: looked up once (3 ms), again after they changed. Only this process changes them.
        self._stored: dict[str, frozenset[str]] = {}
        self._changes = 0

    def write_day(self, day: date, rows: pa.Table, *, known: bool = False) -> None:
        with self.writing() as transaction:
            transaction.register("rows", rows)
            added = _add_columns(transaction, rows.column_names)
            transaction.execute("delete from account_day where day = $day", {"day": day})
            transaction.execute("insert into account_day by name select $day as day, * from rows", {"day": day})
            there = transaction.rows("select 1 from account_day_known where day = $day limit 1", {"day": day})
            if known and not there:
                transaction.execute(
                    "insert into account_day_known by name select $day as day, * from rows", {"day": day}
                )
        if added:
            self._forget_stored()

    def drop_metric(self, metric_id: int) -> None:
        with self.writing() as transaction:
            for table in TABLES:
                transaction.execute(f"alter table {table} drop column if exists {metric_column(metric_id)}")
        self._forget_stored()

    def closed_days(self) -> tuple[date, date] | None:
        first, last = self.read("select min(day), max(day) from account_day")[0]
        return (first, last) if first else None

    def account_series(
        self,
        account_ids: Collection[int],
        columns: Sequence[str],
        first: date,
        last: date,
        step_days: int = 1,
    ) -> list[tuple[int, date, *tuple[float | int | None, ...]]]:
        days = "day between $first and $last"
        if step_days > 1:
            # Named one by one, so that whatever lies between them is not read.
            named = [f"'{last - timedelta(days=back)}'" for back in range(0, (last - first).days + 1, step_days)]
            days += f" and day in ({', '.join(named) or 'null'})"
        ids: Tables = {}
        return self.read(
            f"""select {", ".join(["account_id", "day", *self.columns(columns)])} from account_day
            where {among("account_id", account_ids, "accounts", ids)} and {days} order by account_id, day""",
            {"first": first, "last": last},
            ids=ids,
        )

    def day_values(
        self, day: date, columns: Sequence[str], *, known: bool = False
    ) -> list[tuple[int, *tuple[float | int | None, ...]]]:
        table = "account_day_known" if known else "account_day"
        return self.read(
            f"""select {", ".join(["account_id", *self.columns(columns, table)])} from {table}
            where day = $day order by account_id""",
            {"day": day},
        )

    def state_counts(
        self, first: date, last: date, visible: Collection[int] | None = None
    ) -> list[tuple[date, int, int]]:
        ids: Tables = {}
        scope = "" if visible is None else f"and {among('account_id', visible, 'visible', ids)}"
        return self.read(
            f"""select day, health_state, count(*) from account_day
            where day between $first and $last and health_state is not null
            {scope} group by day, health_state order by day, health_state""",
            {"first": first, "last": last},
            ids=ids,
        )

    def columns(self, names: Sequence[str], table: str = "account_day") -> list[str]:
        """The columns as SQL, null for a metric that was never written. Raises ValueError for any other unknown one."""
        for name in names:
            if name not in HEALTH_COLUMNS and not is_metric_column(name):
                raise ValueError(f"account_day has no column {name!r}.")
        stored = self._stored.get(table) or self._read_stored(table)
        return [name if name in stored else f"null as {name}" for name in names]

    def _read_stored(self, table: str) -> frozenset[str]:
        before = self._changes
        stored = frozenset(name for (name,) in self.read(COLUMNS, {"table": table}))
        if before == self._changes:  # else they may be those of before
            self._stored[table] = stored
        return stored

    def _forget_stored(self) -> None:
        self._changes += 1
        self._stored.clear()


COLUMNS = "select column_name from duckdb_columns() where table_name = $table"


def _add_columns(transaction: Transaction, names: Sequence[str]) -> bool:
    """Adds the metric columns that are missing; whether there were any."""
    metrics = [name for name in names if is_metric_column(name)]
    added = False
    for table in TABLES:
        stored: set[Any] = {name for (name,) in transaction.rows(COLUMNS, {"table": table})}
        for name in metrics:
            if name not in stored:
                transaction.execute(f"alter table {table} add column {name} double")
                added = True
    return added
