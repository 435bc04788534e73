"""Pages of accounts and the numbers of days, whatever was written."""

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tenure.core.reference.lists import Listed, list_accounts
from tenure.warehouse.schema import name_sort, search_needle, search_text
from tenure.warehouse.store import AccountQuery
from tests.warehouse.equality.examples import some_examples

DAY = date(2026, 2, 27)
NAMES = ["Acme", "acme", "Zürich AG", "公司", "", "b%_\\x", "B"]
COLUMNS = ["health_score", "health_state", "m1", "m2"]
numbers = st.none() | st.sampled_from([0.0, -1.0, 2.5, 100.0])
row = st.fixed_dictionaries(
    {
        "health_score": numbers,
        "health_state": st.none() | st.integers(0, 3),
        "health_version": st.just(1),
        "m1": numbers,
        "m2": numbers,
    }
)
table = st.dictionaries(st.integers(1, 8), row, max_size=8)
some_ids = st.none() | st.lists(st.integers(1, 8), max_size=5, unique=True)


def arrow(rows: dict[int, dict[str, float | None]]) -> pa.Table:
    kinds = {"health_score": pa.float64(), "health_state": pa.uint8(), "health_version": pa.uint32()}
    columns = {name: pa.array([one[name] for one in rows.values()], kinds.get(name, pa.float64())) for name in ALL}
    return pa.table({"account_id": pa.array(rows, pa.uint32()), **columns})


ALL = ["health_score", "health_state", "health_version", "m1", "m2"]


@some_examples
@given(
    table,
    st.lists(st.sampled_from(NAMES), min_size=7, max_size=7),
    st.sampled_from(["name", *COLUMNS, "m99"]),
    st.booleans(),
    st.sampled_from(["", " ACME", "ü", "公", "%", "3"]),
    st.none() | st.lists(st.integers(0, 3), max_size=3, unique=True),
    some_ids,
    some_ids,
    st.integers(0, 3),
)
def test_it_lists_accounts_like_the_reference(
    new_store, rows, names, order_by, descending, search, states, chosen, visible, offset
):
    store = new_store()
    store.set_accounts((n, name, f"a{n}", DAY) for n, name in enumerate(names, 1))
    store.write_day(DAY, arrow(rows))
    query = AccountQuery(DAY, COLUMNS, order_by, descending, search, states, chosen, visible, limit=3, offset=offset)

    listed = [
        Listed(n, name_sort(name, f"a{n}"), search_text(name, f"a{n}"), rows[n])
        for n, name in enumerate(names, 1)
        if n in rows
    ]
    expected = list_accounts(
        listed,
        order_by=order_by,
        descending=descending,
        needle=search_needle(search),
        states=states,
        account_ids=chosen,
        visible=visible,
    )
    page = store.accounts(query)
    assert page.total == len(expected)
    wanted = expected[offset : offset + 3]
    assert page.rows == [(account, *(rows[account][name] for name in COLUMNS)) for account in wanted]


days = st.dictionaries(st.integers(0, 9).map(lambda n: DAY + timedelta(days=n)), table, max_size=4)


@some_examples
@given(days, days, some_ids, st.integers(1, 4), st.sampled_from(["known", "not known", "together"]))
def test_it_reads_days_and_series_like_the_reference(new_store, written, rewritten, visible, step, how):
    store = new_store()
    known = how == "known"
    for version in (written, rewritten):
        if how == "together" and version:
            store.write_days({day: arrow(rows) for day, rows in version.items()})
            continue
        for day, rows in version.items():
            store.write_day(day, arrow(rows), known=known)
        store.sort_month(DAY)
    latest = written | rewritten
    first, last = DAY + timedelta(days=1), DAY + timedelta(days=8)

    filled = [day for day, rows in latest.items() if rows]
    assert store.closed_days() == ((min(filled), max(filled)) if filled else None)
    as_known = {**{d: r for d, r in rewritten.items() if not written.get(d)}, **{d: r for d, r in written.items() if r}}
    for day in latest:
        assert store.day_values(day, COLUMNS) == values(latest[day])
        assert store.day_values(day, ["m2"], known=True) == values(as_known.get(day, {}) if known else {}, ["m2"])
    ids = visible or []
    steps = {last - timedelta(days=n) for n in range(0, 20, step)}
    assert store.account_series(ids, ["m1", "m77"], first, last, step) == sorted(
        (account, day, rows[account]["m1"], None)
        for day, rows in latest.items()
        for account in rows
        if account in ids and first <= day <= last and day in steps
    )
    states = [
        (day, one["health_state"])
        for day, rows in latest.items()
        for account, one in rows.items()
        if first <= day <= last and one["health_state"] is not None and (visible is None or account in visible)
    ]
    assert store.state_counts(first, last, visible) == sorted({(*key, states.count(key)) for key in states})


def values(rows: dict[int, dict[str, float | None]], columns: list[str] = COLUMNS) -> list[tuple[object, ...]]:
    return [(account, *(rows[account][name] for name in columns)) for account in sorted(rows)]
