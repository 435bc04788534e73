"""The list of accounts: a page of them with their numbers on a day, filtered, searched and sorted."""

from tenure.warehouse.clickhouse.account_day import AccountDays, column_sql
from tenure.warehouse.schema import search_needle
from tenure.warehouse.store import AccountPage, AccountQuery


class AccountList(AccountDays):
    """accounts."""

    def accounts(self, query: AccountQuery) -> AccountPage:
        """See Store.accounts."""
        source, parameters = _matching(query)
        total = int(self.connection.value(f"SELECT count() {source}", parameters))
        sql = f"""
            SELECT account_id{self.selected(query.columns)} {source} ORDER BY {self._order(query)}
            LIMIT {{limit:UInt32}} OFFSET {{offset:UInt32}}"""
        rows = self.connection.rows(sql, {**parameters, "limit": query.limit, "offset": query.offset})
        return AccountPage(total, [(row[0], *row[1:]) for row in rows])

    def _order(self, query: AccountQuery) -> str:
        direction = "DESC" if query.descending else "ASC"
        if query.order_by == "name":
            return f"name_sort {direction}, account_id"
        column = column_sql(query.order_by, self._columns())
        return f"{column} {direction} NULLS LAST, name_sort, account_id"


def _matching(query: AccountQuery) -> tuple[str, dict[str, object]]:
    """FROM and WHERE of the accounts that match, and their parameters."""
    tests = ["day = {day:Date32}"]
    parameters: dict[str, object] = {"day": query.day}
    for name, ids in (("visible", query.visible), ("accounts", query.account_ids), ("states", query.states)):
        if ids is not None:
            column = "health_state" if name == "states" else "account_id"
            tests.append(f"{column} IN {{{name}:Array(UInt32)}}")
            parameters[name] = sorted(ids)
    found = "true"
    if needle := search_needle(query.search):
        found = "position(search_text, {needle:String}) > 0"
        parameters["needle"] = needle
    source = f"""
        FROM (SELECT * FROM account_day FINAL WHERE {" AND ".join(tests)}) AS own
        INNER JOIN (SELECT account_id, name_sort FROM account FINAL WHERE {found}) AS named USING (account_id)"""
    return source, parameters
