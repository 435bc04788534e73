"""Conditions on every engine against the interpreter, for all accounts and for one, on trees and data by chance."""

from datetime import timedelta
from random import Random

import pyarrow as pa
import pytest

from tenure.core.conditions.document import from_document
from tenure.core.conditions.explanation import explain
from tenure.core.conditions.interpreter import matching
from tenure.core.conditions.summary import Summary, summarise
from tenure.lib.instants import to_us
from tenure.warehouse.conditions.question import Question
from tenure.warehouse.schema import FACT
from tenure.warehouse.store import Store
from tests.core.conditions.chance import ACCOUNTS, DAYS, condition, world
from tests.core.conditions.fields import FIELDS
from tests.core.conditions.history import HistoryEvidence, World
from tests.warehouse.equality.test_accounts import arrow

FIRST, LAST = DAYS[8], DAYS[-1]


def test_it_finds_and_explains_accounts_like_the_interpreter(new_store):
    check(new_store(), Random(0), 25)


@pytest.mark.slow
def test_it_does_so_on_many_more(new_store):
    check(new_store(), Random(1), 40)


def check(store: Store, chance: Random, conditions: int) -> None:
    made = world(chance)
    history = made.history()
    write(store, made)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for number in range(conditions):
        document = condition(chance)
        node = from_document(document, FIELDS)
        visible = None if chance.random() < 0.8 else set(chance.sample(ACCOUNTS, 3))
        expected = {day: matching(node, history, day) for day in days}
        seen = {day: found & visible if visible is not None else found for day, found in expected.items()}
        some = {day: found for day, found in seen.items() if found}

        span = Question(node, FIELDS, FIRST, LAST, made.zone, {"csm": made.pieces}, visible)
        assert store.matching(span) == some, document
        assert store.matching_counts(span) == [(day, len(some[day])) for day in sorted(some)], document
        summaries = store.summaries(span, "m1")
        assert [each.day for each in summaries] == sorted(some), document
        for each in summaries:
            agree(each, summarise(each.day, [made.rows[each.day][account].get("m1") for account in some[each.day]]))
        day = days[number % len(days)]
        one = Question(node, FIELDS, day, day, made.zone, {"csm": made.pieces}, visible)
        assert store.matching(one) == {each: some[each] for each in some if each == day}, document
        account = ACCOUNTS[number % len(ACCOUNTS)]
        explained = explain(node, store.evidence(one, account), day)
        assert explained == explain(node, HistoryEvidence(history, account), day), document
        assert explained.holds == (account in expected[day]), document


def agree(found: Summary, expected: Summary) -> None:
    """Sums differ in their last digits by the order in which they are added."""
    for name in ("known", "total", "mean", "median"):
        value, wanted = getattr(found, name), getattr(expected, name)
        assert value == (wanted if wanted is None else pytest.approx(wanted, rel=1e-9, abs=1e-9)), (found, expected)


def write(store: Store, made: World) -> None:
    store.set_accounts((account, "", f"a{account}", made.first_days.get(account)) for account in ACCOUNTS)
    for day, rows in made.rows.items():
        store.write_day(day, arrow({account: {"health_version": 1, **row} for account, row in rows.items()}))
    columns = list(zip(*made.facts, strict=True))
    for place in (4, 5):
        columns[place] = [to_us(moment) for moment in columns[place]]
    store.set_facts(range(1000), pa.table([pa.array(c, f.type) for c, f in zip(columns, FACT, strict=True)], FACT))
