"""What the warehouse copies from the operational database: accounts, events' classes and features, excluded users."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import islice
from typing import Final

import pyarrow as pa

from tenure.warehouse.duckdb.connection import UPKEEP_SECONDS, Connection
from tenure.warehouse.schema import name_sort, search_text

ACCOUNT = pa.schema(
    [("account_id", pa.uint32()), ("name_sort", pa.string()), ("search_text", pa.string()), ("first_day", pa.date32())]
)
EVENT_DIM = pa.schema([("event_id", pa.uint32()), ("event_class", pa.uint8()), ("feature", pa.int32())])
OF_ACCOUNTS: Final = ("account", "account_day", "account_day_known", "fact")  # each row is of one account alone
_AT_ONCE: Final = 10_000  # accounts turned into columns at a time, to bound memory


class Dimensions(Connection):
    def set_accounts(self, rows: Iterable[tuple[int, str, str, date | None]]) -> None:
        waiting = iter(rows)
        while some := list(islice(waiting, _AT_ONCE)):
            latest = {key: (key, name_sort(name, ext), search_text(name, ext), day) for key, name, ext, day in some}
            self._replace("account", "account_id", _table(latest.values(), ACCOUNT))
        self.forget()

    def listed_accounts(self) -> set[int]:
        every = " union ".join(f"select account_id from {table}" for table in OF_ACCOUNTS)
        return {account for (account,) in self.read(every, seconds=UPKEEP_SECONDS)}

    def drop_accounts(self, account_ids: Collection[int]) -> None:
        with self.writing() as transaction:
            transaction.register("gone", pa.table({"account_id": pa.array(list(account_ids), pa.uint32())}))
            for table in OF_ACCOUNTS:
                transaction.execute(f"delete from {table} where account_id in (select account_id from gone)")
        self.forget()

    def set_events(self, rows: Iterable[tuple[int, int, int]]) -> None:
        latest = {row[0]: row for row in rows}
        self._replace("event_dim", "event_id", _table(latest.values(), EVENT_DIM))

    def set_excluded_users(self, user_ids: Iterable[int]) -> None:
        wanted = set(user_ids)
        with self.writing() as transaction:
            stored = {user for (user,) in transaction.rows("select user_id from excluded_user")}
            if wanted == stored:
                return
            transaction.register("changed", pa.table({"user_id": pa.array(wanted ^ stored, pa.uint32())}))
            transaction.register("wanted", pa.table({"user_id": pa.array(wanted, pa.uint32())}))
            transaction.execute("delete from excluded_user")
            transaction.execute("insert into excluded_user from wanted")
            transaction.execute(
                """insert into dirty_day select distinct day from event
                where user_id in (select user_id from changed) and day not in (select day from dirty_day)"""
            )

    def _replace(self, table: str, key: str, rows: pa.Table) -> None:
        with self.writing() as transaction:
            transaction.register("rows", rows)
            transaction.execute(f"delete from {table} where {key} in (select {key} from rows)")
            transaction.execute(f"insert into {table} by name from rows")


def _table(rows: Iterable[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)
