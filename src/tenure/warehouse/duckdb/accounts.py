"""Pages of accounts, filtered and sorted by the numbers of a day."""

from tenure.warehouse.duckdb.account_day import AccountDay
from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.schema import search_needle
from tenure.warehouse.store import AccountPage, AccountQuery


class Accounts(AccountDay):
    def accounts(self, query: AccountQuery) -> AccountPage:
        source, parameters, ids = _source(query)
        columns = ", ".join(["account_id", *self.columns(query.columns)])
        rows = self.read(
            f"select {columns} {source} order by {self._order(query)}",
            parameters,
            ids=ids,
            limit=(query.limit, query.offset),
        )
        if len(rows) < query.limit and not query.offset:
            return AccountPage(len(rows), rows)
        return AccountPage(self._total(query), rows)

    def _total(self, query: AccountQuery) -> int:
        source, parameters, ids = _source(query)

        def count() -> int:
            total: int = self.read(f"select count(*) {source}", parameters, ids=ids)[0][0]
            return total

        if query.search or query.account_ids is not None or query.visible is not None:
            return count()
        states = None if query.states is None else tuple(query.states)
        return self.answers.get(("total", query.day, states), count)

    def _order(self, query: AccountQuery) -> str:
        direction = "desc" if query.descending else "asc"
        if query.order_by == "name":
            return f"name_sort {direction}, account_id"
        known = self.columns([query.order_by])[0] == query.order_by
        by_value = f"{query.order_by} {direction} nulls last, " if known else ""
        return f"{by_value}name_sort, account_id"


def _source(query: AccountQuery) -> tuple[str, dict[str, object], Tables]:
    parts = ["day = $day"]
    parameters: dict[str, object] = {"day": query.day}
    ids: Tables = {}
    if needle := search_needle(query.search):
        parts.append("contains(search_text, $needle)")
        parameters["needle"] = needle
    if query.states is not None:
        parts.append(among("health_state", query.states, "states", ids))
    if query.account_ids is not None:
        parts.append(among("account_id", query.account_ids, "chosen", ids))
    if query.visible is not None:
        parts.append(among("account_id", query.visible, "visible", ids))
    return f"from account_day join account using (account_id) where {' and '.join(parts)}", parameters, ids
