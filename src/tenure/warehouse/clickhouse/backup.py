"""A copy of the warehouse as Parquet files, and filling an empty database from one.

What can be made from the events (roll-ups, pairs seen) is not copied but made again. The position is read first, so
whatever is written while the copy runs is loaded again from the inbox, where its events are found to be there already.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tenure.warehouse.clickhouse.account_day import AccountDays
from tenure.warehouse.clickhouse.rollups import OF_MONTH, RollUps
from tenure.warehouse.store import WarehouseError

_WHOLE = {
    "load": "SELECT * FROM load ORDER BY load",
    "account": "SELECT * EXCEPT (version, gone) FROM account FINAL",
    "event_dim": "SELECT * EXCEPT (version, gone) FROM event_dim FINAL",
    "merged_account": "SELECT * EXCEPT (version, gone) FROM merged_account FINAL",
    "excluded_user": "SELECT * EXCEPT (version, gone) FROM excluded_user FINAL",
    "fact": "SELECT * EXCEPT (version, gone) FROM fact FINAL",
    "dirty_day": "SELECT * EXCEPT (version, gone) FROM dirty_day FINAL",
    "account_user": "SELECT * EXCEPT (version, gone) FROM account_user FINAL WHERE linked",
}
_MONTHLY = ("event", "account_day", "account_day_known")
_SEEN = """
    INSERT INTO account_user (account_id, user_id, linked, first_day, version)
    SELECT account_id, user_id, false, min(day), {version:UInt64} FROM event FINAL GROUP BY account_id, user_id"""


class BackingUp(RollUps, AccountDays):
    """backup and restore."""

    def backup(self, folder: Path) -> None:
        """Writes a copy into an empty folder while reads and writes go on: table.parquet or table-month.parquet."""
        for name, sql, given in self._parts():
            self.connection.export_parquet(sql, given, folder / f"{name}.parquet")

    def restore(self, folder: Path) -> None:
        """Fills an empty database from a backup; raises WarehouseError when it is not empty.

        `load` comes last: until it is there the position is 0, and a restore that broke off is one into a database
        that is not empty.
        """
        if self.months("event") or self.connection.stored("SELECT count() FROM load")[0][0]:
            raise WarehouseError(
                f"The database {self.connection.address.database} is not empty: restore into a new one."
            )
        for path in sorted(folder.glob("*.parquet"), key=lambda path: (path.stem == "load", path.stem)):
            table, columns = path.stem.partition("-")[0], pq.read_schema(path).names
            if table in ("account_day", "account_day_known"):
                self.add_columns([name for name in columns if name.startswith("m")])
            if table == "load":
                self.connection.write(_SEEN, {"version": self.next_version()})
                self.recount_all()
            self.connection.insert_parquet(table, columns, path)

    def _parts(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """(file name, SQL, parameters), what the position stands for after the position itself."""
        for table, sql in _WHOLE.items():
            if table == "account_user":
                yield from self._months()
            yield table, sql, {}

    def _months(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        for table in _MONTHLY:
            sql = f"SELECT * EXCEPT (version, gone) FROM {table} FINAL WHERE {OF_MONTH}"
            for month in self.months(table):
                yield f"{table}-{month}", sql, {"month": month}
