"""The table of numbers per account and day: written a day at a time, read by day, by account and by state."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.duckdb.connection import Connection
from tenure.warehouse.duckdb.days_held import DaysHeld
from tenure.warehouse.duckdb.transaction import Transaction
from tenure.warehouse.schema import HEALTH_COLUMNS, is_metric_column, metric_column

TABLES = ("account_day", "account_day_known")
THESE_DAYS = "day in (select unnest($days::date[]))"


class AccountDay(Connection):
    def write_day(self, day: date, rows: pa.Table, *, known: bool = False) -> None:
        self._write({day: rows}, known=known)

    def write_days(self, days: Mapping[date, pa.Table]) -> None:
        self._write(days, known=False)

    def _write(self, days: Mapping[date, pa.Table], *, known: bool) -> None:
        dated = [rows.append_column("day", pa.array([day] * rows.num_rows, pa.date32())) for day, rows in days.items()]
        rows = pa.concat_tables(dated, promote_options="default")
        with self.writing() as transaction:
            transaction.register("rows", rows)
            added = [name for name in rows.column_names if is_metric_column(name) and not self._has(name)]
            _add_columns(transaction, added)
            transaction.execute(f"delete from account_day where {THESE_DAYS}", {"days": list(days)})
            transaction.execute("insert into account_day by name from rows")
            if known:
                there = f"select day from account_day_known where {THESE_DAYS}"
                transaction.execute(
                    f"insert into account_day_known by name from rows where day not in ({there})", {"days": list(days)}
                )
        self.forget()
        if added:
            self.layout.forget()

    def drop_metric(self, metric_id: int) -> None:
        with self.writing() as transaction:
            for table in TABLES:
                transaction.execute(f"alter table {table} drop column if exists {metric_column(metric_id)}")
        self.forget()
        self.layout.forget()

    def closed_days(self) -> tuple[date, date] | None:
        first, last = self.answers.get(("days",), lambda: self.read("select min(day), max(day) from account_day")[0])
        return (first, last) if first else None

    def account_series(
        self,
        account_ids: Collection[int],
        columns: Sequence[str],
        first: date,
        last: date,
        step_days: int = 1,
    ) -> list[tuple[int, date, *tuple[float | int | None, ...]]]:
        if step_days > 1:
            return self.held_days(columns, first, last, step_days).of(account_ids)
        return self.read(
            f"""select {", ".join(["account_id", "day", *self.columns(columns)])} from account_day
            where account_id in (select unnest($accounts::uinteger[])) and day between $first and $last
            order by account_id, day""",
            {"first": first, "last": last, "accounts": list(account_ids)},
        )

    def held_days(self, columns: Sequence[str], first: date, last: date, step_days: int = 1) -> DaysHeld:
        """Columns of `last` and of every `step_days` before it down to `first`, of all accounts."""

        def read() -> DaysHeld:
            # Named one by one, so that whatever lies between them is not read.
            named = [last - timedelta(days=back) for back in range(0, (last - first).days + 1, step_days)]
            rows = self.read_table(
                f"""select {", ".join(["account_id", "day", *self.columns(columns)])} from account_day
                where day between $first and $last and day in (select unnest($days::date[]))
                order by account_id, day""",
                {"first": first, "last": last, "days": named},
            )
            return DaysHeld(array("I", rows["account_id"].to_pylist()), rows)

        return self.held.get(("days", first, last, step_days, tuple(columns)), read)

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
        if visible is None:
            return self.answers.get(("states", first, last), lambda: self._state_counts(first, last, "", {}))
        if first == last:
            counts = self.held_days(("health_state",), first, last).counts("health_state", visible)
            return [(first, state, count) for state, count in counts]
        ids: Tables = {}
        return self._state_counts(first, last, f"and {among('account_id', visible, 'visible', ids)}", ids)

    def _state_counts(self, first: date, last: date, scope: str, ids: Tables) -> list[tuple[date, int, int]]:
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
        stored = self._stored(table)
        return [name if name in stored else f"null as {name}" for name in names]

    def _has(self, name: str) -> bool:
        return all(name in self._stored(table) for table in TABLES)

    def _stored(self, table: str) -> frozenset[str]:
        return self.layout.get(table, lambda: frozenset(name for (name,) in self.read(COLUMNS, {"table": table})))


COLUMNS = "select column_name from duckdb_columns() where table_name = $table"


def _add_columns(transaction: Transaction, names: Sequence[str]) -> None:
    for table in TABLES if names else ():
        stored: set[Any] = {name for (name,) in transaction.rows(COLUMNS, {"table": table})}
        for name in names:
            if name not in stored:
                transaction.execute(f"alter table {table} add column {name} double")
