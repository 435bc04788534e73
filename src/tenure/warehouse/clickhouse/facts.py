"""The copy of the facts: added by id, read as of a time and as known at a time."""

from typing import Any

import pyarrow as pa

from tenure.lib.instants import to_us
from tenure.warehouse.clickhouse.room import Room
from tenure.warehouse.schema import FACT, FACT_BLOCK
from tenure.warehouse.store import FactQuery

TRUE_THEN = """
    SELECT account_id, field, argMax(text, (valid_us, text)) AS newest FROM fact FINAL
    WHERE {where} AND NOT withdrawal AND valid_us <= {{as_of:Int64}} AND recorded_us <= {{known_at:Int64}}
      AND id NOT IN (SELECT corrects FROM fact FINAL WHERE corrects > 0 AND recorded_us <= {{known_at:Int64}})
    GROUP BY account_id, field HAVING newest != 'null' ORDER BY account_id, field"""
_BLANK: tuple[object, ...] = (0, "", "null", 0, 0, 0, False)  # of a fact that is gone, beside its id
ALWAYS_US = 2**63 - 1


class Facts(Room):
    """add_facts, fact_blocks and facts_at."""

    def set_facts(self, ids: range, rows: pa.Table) -> None:
        """See Store.set_facts. One insert: what is gone is taken away by it too, and doing it again is the same."""
        sql = "SELECT id FROM fact FINAL WHERE id BETWEEN {first:UInt64} AND {last:UInt64}"
        before = {key for (key,) in self.connection.stored(sql, {"first": ids.start, "last": ids.stop - 1})}
        gone = sorted(before - set(rows["id"].to_pylist()))
        count = rows.num_rows + len(gone)
        if not count:
            return
        blanks = [[*gone], *([blank] * len(gone) for blank in _BLANK)]
        blank = pa.table([pa.array(values, kind.type) for values, kind in zip(blanks, FACT, strict=True)], FACT)
        together = pa.concat_tables([_marked(rows.select(FACT.names), 0), _marked(blank, 1)])
        version = pa.array([self.next_version()] * count, pa.uint64())
        self.connection.insert_arrow("fact", together.append_column("version", version).combine_chunks())

    def fact_blocks(self, first: int = 0) -> dict[int, tuple[int, int]]:
        """See Store.fact_blocks."""
        sql = f"""
            SELECT intDiv(id, {FACT_BLOCK}) AS block, count(), sum(account_id) FROM fact FINAL
            WHERE id >= {{first:UInt64}} GROUP BY block ORDER BY block"""
        rows = self.connection.rows(sql, {"first": first * FACT_BLOCK})
        return {block: (count, accounts) for block, count, accounts in rows}

    def facts_at(self, query: FactQuery) -> list[tuple[int, str, str]]:
        """See Store.facts_at."""
        known_at = ALWAYS_US if query.known_at is None else to_us(query.known_at)
        parameters: dict[str, Any] = {"as_of": to_us(query.as_of), "known_at": known_at}
        tests = ["true"]
        if query.fields is not None:
            tests.append("field IN {fields:Array(String)}")
            parameters["fields"] = sorted(query.fields)
        if query.account_ids is not None:
            tests.append("account_id IN {accounts:Array(UInt32)}")
            parameters["accounts"] = sorted(query.account_ids)
        rows = self.connection.rows(TRUE_THEN.format(where=" AND ".join(tests)), parameters)
        return [(account_id, field, text) for account_id, field, text in rows]


def _marked(rows: pa.Table, gone: int) -> pa.Table:
    return rows.append_column("gone", pa.array([gone] * rows.num_rows, pa.uint8()))
