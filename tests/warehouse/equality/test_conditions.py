"""Conditions on every engine against the interpreter, for all accounts and for one, on random trees and data."""

from datetime import timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenure.core.conditions.document import from_document
from tenure.core.conditions.explanation import explain
from tenure.core.conditions.interpreter import matching
from tenure.lib.instants import to_us
from tenure.warehouse.conditions.question import Question
from tenure.warehouse.schema import FACT
from tenure.warehouse.store import Store
from tests.core.conditions.fields import FIELDS
from tests.core.conditions.history import HistoryEvidence, World, worlds
from tests.core.conditions.strategies import ACCOUNTS, DAYS, documents
from tests.warehouse.equality.examples import some_examples
from tests.warehouse.equality.test_accounts import arrow

FIRST, LAST = DAYS[8], DAYS[-1]


asked = given(worlds(), st.lists(documents, min_size=6, max_size=6), st.none() | st.sets(st.sampled_from(ACCOUNTS)))


@settings(some_examples, max_examples=3)
@asked
def test_it_finds_and_explains_accounts_like_the_interpreter(new_store, world, conditions, visible):
    check(new_store(), world, conditions, visible)


@pytest.mark.slow
@settings(some_examples, max_examples=2 * some_examples.max_examples)
@asked
def test_it_does_so_on_many_more(new_store, world, conditions, visible):
    check(new_store(), world, conditions, visible)


def check(store, world, conditions, visible):
    history = world.history()
    write(store, world)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for number, document in enumerate(conditions):
        node = from_document(document, FIELDS)
        expected = {day: matching(node, history, day) for day in days}
        seen = {day: found & visible if visible is not None else found for day, found in expected.items()}
        some = {day: found for day, found in seen.items() if found}

        span = Question(node, FIELDS, FIRST, LAST, world.zone, {"csm": world.pieces}, visible)
        assert store.matching(span) == some, document
        assert store.matching_counts(span) == [(day, len(some[day])) for day in sorted(some)], document
        day = days[number % len(days)]
        one = Question(node, FIELDS, day, day, world.zone, {"csm": world.pieces}, visible)
        assert store.matching(one) == {each: some[each] for each in some if each == day}, document
        account = ACCOUNTS[number % len(ACCOUNTS)]
        explained = explain(node, store.evidence(one, account), day)
        assert explained == explain(node, HistoryEvidence(history, account), day), document
        assert explained.holds == (account in expected[day])


def write(store: Store, world: World) -> None:
    store.set_accounts((account, "", f"a{account}", world.first_days.get(account)) for account in ACCOUNTS)
    for day, rows in world.rows.items():
        whole = {account: {"health_version": 1, **row} for account, row in rows.items()}
        store.write_day(day, arrow(whole))
    columns = list(zip(*world.facts, strict=True))
    for place in (4, 5):
        columns[place] = [to_us(moment) for moment in columns[place]]
    store.set_facts(range(1000), pa.table([pa.array(c, f.type) for c, f in zip(columns, FACT, strict=True)], FACT))
