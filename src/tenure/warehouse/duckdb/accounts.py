"""Pages of accounts, filtered and sorted by the numbers of a day."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from tenure.warehouse.duckdb.account_day import AccountDay
from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.schema import search_needle
from tenure.warehouse.store import AccountPage, AccountQuery

PAGE = 200  # the columns of a longer one are not held: it is asked for once


class Accounts(AccountDay):
    """Every page comes out of the day's order of all accounts, which is the same for all members and pages."""

    def accounts(self, query: AccountQuery) -> AccountPage:
        found: Sequence[int] = self._order(query)
        for chosen in (query.account_ids, query.visible, self._matching(query.search)):
            if chosen is not None:
                among_them = frozenset(chosen)
                found = [account for account in found if account in among_them]
        page = found[query.offset : query.offset + query.limit]
        if not query.columns:
            return AccountPage(len(found), [(account,) for account in page])
        rows = {account: (account, *values) for account, *values in self._values(query, page)}
        return AccountPage(len(found), [rows[account] for account in page if account in rows])

    def _values(self, query: AccountQuery, accounts: Sequence[int]) -> Iterable[Sequence[Any]]:
        if len(accounts) > PAGE:
            return self.day_values(query.day, query.columns)
        held = self.held_days(query.columns, query.day, query.day).of(accounts)
        return ((account, *values) for account, _day, *values in held)

    def _matching(self, search: str) -> Collection[int] | None:
        if needle := search_needle(search):
            rows = self.read("select account_id from account where contains(search_text, $needle)", {"needle": needle})
            return [account for (account,) in rows]
        return None

    def _order(self, query: AccountQuery) -> Sequence[int]:
        states = None if query.states is None else tuple(query.states)
        by = self._by(query)

        def read() -> Sequence[int]:
            ids: Tables = {}
            chosen = "" if states is None else f"and {among('health_state', states, 'states', ids)}"
            rows = self.read(
                f"""select account_id from account_day join account using (account_id)
                where day = $day {chosen} order by {by}""",
                {"day": query.day},
                ids=ids,
            )
            return array("I", (account for (account,) in rows))

        return self.held.get(("order", query.day, by, states), read)

    def _by(self, query: AccountQuery) -> str:
        direction = "desc" if query.descending else "asc"
        if query.order_by == "name":
            return f"name_sort {direction}, account_id"
        known = self.columns([query.order_by])[0] == query.order_by
        by_value = f"{query.order_by} {direction} nulls last, " if known else ""
        return f"{by_value}name_sort, account_id"
