"""Accounts that were merged into others: their rows stay as they are and are read as the survivor's.

Nothing is rewritten when accounts are merged, so taking it back cannot lose anything. While nothing is merged, which is
nearly always, every read is the one it would be without.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pyarrow as pa

from tenure.warehouse.duckdb.connection import Connection

_TOGETHER = """(
    select t.* replace (coalesce(m.into_id, t.account_id) as account_id)
    from {table} t left join merged_account m on m.account_id = t.account_id
)"""


class Merges(Connection):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._merged: Mapping[int, int] | None = None  # only this process changes them

    def set_merged(self, into: Mapping[int, int]) -> None:
        with self.writing() as transaction:
            stored = dict(transaction.rows("select account_id, into_id from merged_account"))
            if stored == dict(into):
                return
            columns = [pa.array(list(into), pa.uint32()), pa.array(list(into.values()), pa.uint32())]
            transaction.register("wanted", pa.table(columns, ["account_id", "into_id"]))
            transaction.execute("delete from merged_account")
            transaction.execute("insert into merged_account from wanted")
            transaction.execute("delete from account_day where account_id in (select account_id from wanted)")
        self._merged = dict(into)
        self.forget()

    def merged(self) -> Mapping[int, int]:
        """merged account -> survivor."""
        if self._merged is None:
            self._merged = dict(self.read("select account_id, into_id from merged_account"))
        return self._merged

    def members(self, account_ids: Iterable[int]) -> Collection[int]:
        """These accounts, and those that were merged into them, whose rows are theirs; merged ones have none."""
        merged = self.merged()
        wanted = set(account_ids)
        return (wanted - merged.keys()) | {account for account, into in merged.items() if into in wanted}

    def together(self, table: str) -> str:
        """A table, or a SELECT of it with merged accounts' rows as the survivor's."""
        return _TOGETHER.format(table=table) if self.merged() else table
