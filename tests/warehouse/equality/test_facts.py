"""What was true at a time, as far as it was known at a time: every engine like the plain replay."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tenure.core.reference.facts import FactRow, values_at
from tenure.lib.instants import to_us
from tenure.warehouse.schema import FACT, FACT_BLOCK
from tenure.warehouse.store import FactQuery
from tests.warehouse.equality.examples import some_examples

START = datetime(2026, 3, 1, tzinfo=UTC)
times = st.integers(0, 6).map(lambda n: START + timedelta(hours=n))
texts = st.sampled_from(["null", "1", "10", '"pro"', '"高"', '["a","b"]', '{"a":"\'"}'])
fields = st.sampled_from(["plan", "seats", "行业"])


@st.composite
def histories(draw) -> list[FactRow]:
    """Rows by id; a correction is of an earlier row of the same account and field, and recorded after it."""
    rows: list[FactRow] = []
    for _ in range(draw(st.integers(0, 14))):
        key = (rows[-1].id if rows else 0) + draw(st.sampled_from([1, 2, FACT_BLOCK]))
        earlier = (
            draw(st.sampled_from([row for row in rows if not row.withdrawal])) if rows and draw(st.booleans()) else None
        )
        account, field = (earlier.account_id, earlier.field) if earlier else (draw(st.integers(1, 3)), draw(fields))
        gone = earlier is not None and draw(st.booleans())
        recorded = max(draw(times), earlier.recorded_at) if earlier else draw(times)
        text = "null" if gone else draw(texts)
        rows.append(FactRow(key, account, field, text, draw(times), recorded, earlier.id if earlier else 0, gone))
    return rows


queries = st.builds(
    FactQuery,
    times,
    st.none() | times,
    st.none() | st.lists(fields, max_size=2, unique=True),
    st.none() | st.lists(st.integers(1, 3), max_size=2, unique=True),
)


def table(rows: list[FactRow]) -> pa.Table:
    made = [
        (
            row.id,
            row.account_id,
            row.field,
            row.text,
            to_us(row.valid_from),
            to_us(row.recorded_at),
            row.corrects,
            row.withdrawal,
        )
        for row in rows
    ]
    columns = list(zip(*made, strict=True)) or [()] * len(FACT)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, FACT, strict=True)], schema=FACT)


@some_examples
@given(rows=histories(), asked=st.lists(queries, min_size=1, max_size=6), wrong=histories())
def test_it_reads_facts_like_the_reference(new_store, rows, asked, wrong):
    store = new_store()
    everything = range(100 * FACT_BLOCK)
    store.set_facts(everything, table(wrong))
    half = rows[len(rows) // 2].id if rows else FACT_BLOCK
    for ids in (range(half), range(half, everything.stop), range(half)):
        store.set_facts(ids, table([row for row in rows if row.id in ids]))
    for query in asked:
        expected = values_at(rows, query.as_of, query.known_at, query.fields, query.account_ids)
        assert store.facts_at(query) == expected
    blocks: dict[int, tuple[int, int]] = {}
    for row in rows:
        count, accounts = blocks.get(row.id // FACT_BLOCK, (0, 0))
        blocks[row.id // FACT_BLOCK] = (count + 1, accounts + row.account_id)
    assert store.fact_blocks() == blocks
    assert store.fact_blocks(2) == {block: held for block, held in blocks.items() if block >= 2}
