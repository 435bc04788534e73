"""What the events are read with: accounts, the meaning of event names, users never counted."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from tenure.warehouse.clickhouse.rollups import RollUps
from tenure.warehouse.schema import name_sort, search_text

#: The tables of rows that are an account's alone, with the columns a row is known by.
OF_ACCOUNTS: Final = {
    "account": "account_id",
    "account_day": "account_id, day",
    "account_day_known": "account_id, day",
    "fact": "id",
}


class Dimensions(RollUps):
    """The verbs that change dimensions."""

    def set_accounts(self, rows: Iterable[tuple[int, str, str, date | None]]) -> None:
        """Adds or replaces account dimension rows: (account_id, name, external_id, first_day)."""
        version = self.next_version()
        made = [
            (account_id, name_sort(name, external_id), search_text(name, external_id), first_day, version)
            for account_id, name, external_id, first_day in rows
        ]
        self.connection.insert("account", ["account_id", "name_sort", "search_text", "first_day", "version"], made)

    def listed_accounts(self) -> set[int]:
        """See Store.listed_accounts."""
        every = " UNION DISTINCT ".join(f"SELECT account_id FROM {table} FINAL" for table in OF_ACCOUNTS)
        return {account for (account,) in self.connection.stored(every)}

    def drop_accounts(self, account_ids: Collection[int]) -> None:
        """See Store.drop_accounts. Done again after a crash, it takes away what is left."""
        given = {"version": self.next_version(), "gone": sorted(account_ids)}
        for table, key in OF_ACCOUNTS.items():
            self.connection.write(
                f"""
                INSERT INTO {table} ({key}, version, gone)
                SELECT {key}, {{version:UInt64}}, 1 FROM {table} FINAL WHERE account_id IN {{gone:Array(UInt32)}}""",
                given,
            )

    def set_events(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Adds or replaces event_dim rows: (event_id, event_class, feature). An event without a row is ignored."""
        version = self.next_version()
        made = [(*row, version) for row in rows]
        self.connection.insert("event_dim", ["event_id", "event_class", "feature", "version"], made)

    def set_excluded_users(self, user_ids: Iterable[int]) -> None:
        """See Store.set_excluded_users. The days become dirty first: a crash in between only counts them once more."""
        wanted = set(user_ids)
        before = {user for (user,) in self.connection.stored("SELECT user_id FROM excluded_user FINAL")}
        changed = wanted ^ before
        if not changed:
            return
        days = self.connection.stored(
            "SELECT DISTINCT day FROM event FINAL WHERE user_id IN {users:Array(UInt32)}", {"users": sorted(changed)}
        )
        self.make_dirty([day for (day,) in days])
        version = self.next_version()
        rows = [(user, version, int(user not in wanted)) for user in sorted(changed)]
        self.connection.insert("excluded_user", ["user_id", "version", "gone"], rows)

    def first_days(self) -> dict[int, date]:
        """First day in account_user (events and links) of every account, without account 0."""
        sql = """
            SELECT account_id, min(first_day) FROM account_user FINAL WHERE account_id != 0
            GROUP BY account_id ORDER BY account_id"""
        return dict(self.connection.rows(sql))
