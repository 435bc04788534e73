"""account_day and account_day_known: writing a day, adding and dropping columns, reading days back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pyarrow as pa

from tenure.warehouse.clickhouse.room import Room
from tenure.warehouse.schema import HEALTH_COLUMNS, metric_column

TABLES = ("account_day", "account_day_known")
Value = float | int | None


class AccountDays(Room):
    """The days as columns of numbers."""

    def write_day(self, day: date, rows: pa.Table, *, known: bool = False) -> None:
        """See Store.write_day. One insert replaces the day; rows that are no more are taken away by the same insert."""
        self._add_columns_of(rows)
        if known and not self._has_day("account_day_known", day):
            self._insert("account_day_known", {day: rows})
        self._insert("account_day", {day: rows})

    def write_days(self, days: Mapping[date, pa.Table]) -> None:
        """See Store.write_days. One insert for all of them."""
        for rows in days.values():
            self._add_columns_of(rows)
        self._insert("account_day", days)

    def drop_metric(self, metric_id: int) -> None:
        """Forgets a metric version's column, in both tables; nothing happens when there is none."""
        for table in TABLES:
            self.connection.write(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {metric_column(metric_id)}")

    def closed_days(self) -> tuple[date, date] | None:
        """First and last day with account_day rows."""
        rows = self.connection.rows("SELECT min(day), max(day) FROM account_day FINAL HAVING count() > 0")
        return (rows[0][0], rows[0][1]) if rows else None

    def account_series(
        self, account_ids: Collection[int], columns: Sequence[str], first: date, last: date, step_days: int = 1
    ) -> list[tuple[int, date, *tuple[Value, ...]]]:
        """See Store.account_series."""
        sql = f"""
            SELECT account_id, day{self.selected(columns)} FROM account_day FINAL
            WHERE account_id IN {{accounts:Array(UInt32)}} AND day BETWEEN {{first:Date32}} AND {{last:Date32}}
              AND dateDiff('day', day, {{last:Date32}}) % {{step:UInt32}} = 0
            ORDER BY account_id, day"""
        given = {"accounts": sorted(account_ids), "first": first, "last": last, "step": step_days}
        return [(row[0], row[1], *row[2:]) for row in self.connection.rows(sql, given)]

    def day_values(
        self, day: date, columns: Sequence[str], *, known: bool = False
    ) -> list[tuple[int, *tuple[Value, ...]]]:
        """(account_id, *columns) of every account that day, by account."""
        table = TABLES[known]
        sql = f"""
            SELECT account_id{self.selected(columns)} FROM {table} FINAL
            WHERE day = {{day:Date32}} ORDER BY account_id"""
        return [(row[0], *row[1:]) for row in self.connection.rows(sql, {"day": day})]

    def state_counts(
        self, first: date, last: date, visible: Collection[int] | None = None
    ) -> list[tuple[date, int, int]]:
        """(day, health_state, accounts) by day and state; rows without a state are left out."""
        seen = "" if visible is None else "AND account_id IN {visible:Array(UInt32)}"
        sql = f"""
            SELECT day, assumeNotNull(health_state) AS state, count() FROM account_day FINAL
            WHERE day BETWEEN {{first:Date32}} AND {{last:Date32}} AND health_state IS NOT NULL {seen}
            GROUP BY day, state ORDER BY day, state"""
        given = {"first": first, "last": last, "visible": sorted(visible or ())}
        return [(day, state, accounts) for day, state, accounts in self.connection.rows(sql, given)]

    def selected(self, columns: Sequence[str]) -> str:
        """SQL: `, column` for each; NULL for a metric that was never written. Raises ValueError for other names."""
        stored = self._columns()
        return "".join(f", {column_sql(name, stored)}" for name in columns)

    def _columns(self) -> set[str]:
        sql = "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'account_day'"
        return {name for (name,) in self.connection.rows(sql)}

    def add_columns(self, names: Sequence[str]) -> None:
        """Adds the metric columns that are not there yet to both tables."""
        wanted = [metric_column(int(name[1:])) for name in names]
        if new := sorted(set(wanted) - self._columns()):
            added = ", ".join(f"ADD COLUMN IF NOT EXISTS {name} Nullable(Float64)" for name in new)
            for table in reversed(TABLES):
                self.connection.write(f"ALTER TABLE {table} {added}")

    def _has_day(self, table: str, day: date) -> bool:
        sql = f"SELECT count() FROM {table} FINAL WHERE day = {{day:Date32}}"
        return bool(self.connection.stored(sql, {"day": day})[0][0])

    def _add_columns_of(self, rows: pa.Table) -> None:
        self.add_columns([name for name in rows.column_names if name not in ("account_id", *HEALTH_COLUMNS)])

    def _insert(self, table: str, days: Mapping[date, pa.Table]) -> None:
        sql = f"SELECT day, account_id FROM {table} FINAL WHERE day IN {{days:Array(Date32)}}"
        before: dict[date, set[int]] = {day: set() for day in days}
        for day, account in self.connection.stored(sql, {"days": list(days)}):
            before[day].add(account)
        pieces = []
        for day, rows in days.items():
            gone = pa.array(before[day] - set(rows["account_id"].to_pylist()), pa.uint32())
            pieces += [_marked(rows, day, 0), _marked(pa.table({"account_id": gone}), day, 1)]
        together = pa.concat_tables(pieces, promote_options="default").combine_chunks()
        if count := together.num_rows:
            version = pa.array([self.next_version()] * count, pa.uint64())
            self.connection.insert_arrow(table, together.append_column("version", version))


def column_sql(name: str, stored: Collection[str]) -> str:
    """A column as written in SQL: one of health's, or a metric's by its number; NULL where it was never written."""
    if name in HEALTH_COLUMNS:
        return name
    if not (name[:1] == "m" and name[1:].isdecimal()):
        raise ValueError(f"account_day has no column {name!r}.")
    column = metric_column(int(name[1:]))
    return column if column in stored else "NULL"


def _marked(rows: pa.Table, day: date, gone: int) -> pa.Table:
    marked = rows.append_column("gone", pa.array([gone] * rows.num_rows, pa.uint8()))
    return marked.append_column("day", pa.array([day] * rows.num_rows, pa.date32()))
