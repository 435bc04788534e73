"""Tidying a month and looking for problems."""

from datetime import date

from tenure.warehouse.clickhouse.rollups import EVENT_DAY_DIFFERS, OF_MONTH, USER_DAY_DIFFERS, RollUps

_MONTHLY = ("event", "event_day", "user_day", "account_day", "account_day_known")


class Upkeep(RollUps):
    """sort_month and check."""

    def sort_month(self, month: date) -> None:
        """Leaves one sorted part of the month in each table, with the newest version of each row only."""
        number = month.year * 100 + month.month
        for table in _MONTHLY:
            self.connection.write(
                f"OPTIMIZE TABLE {table} PARTITION {number} FINAL SETTINGS optimize_skip_merged_partitions = 1"
            )

    def check(self) -> list[str]:
        """Problems found; empty when all is well. Reads everything, month by month."""
        problems = []
        for table in _MONTHLY:
            if not self.connection.stored(f"CHECK TABLE {table} SETTINGS check_query_single_value_result = 1")[0][0]:
                problems.append(
                    f"Table {table} has parts that cannot be read. Restore them from a backup or a replica."
                )
        for month in self.months("event"):
            problems += self._problems_of(month)
        return problems

    def _problems_of(self, month: int) -> list[str]:
        given = {"month": month}
        name = f"{month // 100}-{month % 100:02}"
        problems = []
        for table, differs in (("event_day", EVENT_DAY_DIFFERS), ("user_day", USER_DAY_DIFFERS)):
            count, first, last = self.connection.stored(
                f"SELECT count(), min(day), max(day) FROM ({differs.format(scope=OF_MONTH)})", given
            )[0]
            if count:
                problems.append(f"{table} disagrees with the events in {count} rows from {first} to {last}.")
        twice = f"SELECT count() - uniqExact(day, message_id) FROM event FINAL WHERE {OF_MONTH}"
        if count := self.connection.stored(twice, given)[0][0]:
            problems.append(f"{count} events of {name} are stored twice.")
        return problems
