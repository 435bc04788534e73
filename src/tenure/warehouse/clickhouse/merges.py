"""Accounts that were merged into others: their rows stay as they are and are read as the survivor's.

Which ones is read each time: another process may have changed it.
"""

from collections.abc import Iterable, Mapping

from tenure.warehouse.clickhouse.room import Room

_ROWS_GONE = """
    INSERT INTO account_day (account_id, day, version, gone)
    SELECT account_id, day, {version:UInt64}, 1 FROM account_day FINAL WHERE account_id IN {merged:Array(UInt32)}"""


class Merges(Room):
    """set_merged, and what the reads need to know of it."""

    def set_merged(self, into: Mapping[int, int]) -> None:
        """See Store.set_merged. The map comes last: a crash before it only takes the same rows away once more."""
        before = self.merged()
        if before == dict(into):
            return
        if into:
            self.connection.write(_ROWS_GONE, {"version": self.next_version(), "merged": sorted(into)})
        version = self.next_version()
        rows = [(account, survivor, version, 0) for account, survivor in into.items()]
        rows += [(account, 0, version, 1) for account in sorted(before.keys() - into.keys())]
        self.connection.insert("merged_account", ["account_id", "into_id", "version", "gone"], rows)

    def merged(self) -> dict[int, int]:
        """merged account -> survivor."""
        return dict(self.connection.stored("SELECT account_id, into_id FROM merged_account FINAL"))

    def members(self, account_ids: Iterable[int]) -> list[int]:
        """These accounts, and those that were merged into them, whose rows are theirs; merged ones have none."""
        merged = self.merged()
        wanted = set(account_ids)
        return sorted((wanted - merged.keys()) | {account for account, into in merged.items() if into in wanted})

    def account_sql(self) -> str:
        """SQL: whose the row of an account is now."""
        merged = self.merged()
        if not merged:
            return "account_id"
        old, new = (", ".join(str(int(each)) for each in side) for side in (merged, merged.values()))
        return f"transform(account_id, CAST([{old}], 'Array(UInt32)'), CAST([{new}], 'Array(UInt32)'), account_id)"
