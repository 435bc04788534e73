"""The copy of the facts: added by id, read as of a time and as known at a time."""

import pyarrow as pa

from tenure.lib.instants import to_us
from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.duckdb.connection import Connection
from tenure.warehouse.schema import FACT, FACT_BLOCK
from tenure.warehouse.store import FactQuery

TRUE_THEN = """
select account_id, field, max_by(text, row(valid_us, text)) as newest from fact
where {where} and not withdrawal and valid_us <= $as_of and recorded_us <= $known_at
  and id not in (select corrects from fact where corrects > 0 and recorded_us <= $known_at)
group by account_id, field having newest <> 'null' order by account_id, field
"""
ALWAYS_US = 2**63 - 1


class Facts(Connection):
    def set_facts(self, ids: range, rows: pa.Table) -> None:
        with self.writing() as transaction:
            transaction.register("rows", rows.select(FACT.names))
            span = {"first": ids.start, "last": ids.stop - 1}
            transaction.execute("delete from fact where id between $first and $last", span)
            transaction.execute("insert into fact by name from rows")

    def fact_blocks(self, first: int = 0) -> dict[int, tuple[int, int]]:
        rows = self.read(
            f"""select (id // {FACT_BLOCK})::bigint, count(*), sum(account_id)::bigint from fact
            where id >= $first group by 1 order by 1""",
            {"first": first * FACT_BLOCK},
        )
        return {block: (count, accounts) for block, count, accounts in rows}

    def facts_at(self, query: FactQuery) -> list[tuple[int, str, str]]:
        known_at = ALWAYS_US if query.known_at is None else to_us(query.known_at)
        parameters: dict[str, object] = {"as_of": to_us(query.as_of), "known_at": known_at}
        ids: Tables = {}
        tests = ["true"]
        if query.fields is not None:
            tests.append("field in (select unnest($fields::varchar[]))")
            parameters["fields"] = sorted(query.fields)
        if query.account_ids is not None:
            tests.append(among("account_id", query.account_ids, "chosen", ids))
        return self.read(TRUE_THEN.format(where=" and ".join(tests)), parameters, ids=ids)
