"""Random histories of systems and people: every read is a replay, and what was known stays known."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tenure.accounts.as_of import facts_at, values_at
from tenure.accounts.fact_book import read_book, write_book
from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.facts import Said, begin_facts, record_facts
from tenure.accounts.models import Account, Fact
from tenure.accounts.runs import Origin, decide, withdraw
from tenure.accounts.values import canonical
from tenure.core.reference import facts as reference
from tenure.lib.instants import to_us
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.schema import FACT
from tenure.warehouse.store import FactQuery
from tests.warehouse.equality.examples import some_examples

START = datetime(2026, 3, 1, tzinfo=UTC)
PERSON = Origin("person")

times = st.integers(0, 9)
values = st.sampled_from(["a", "b", None])
said = st.tuples(st.just("said"), st.sampled_from("xy"), times, values)
decided = st.tuples(st.just("decided"), st.sampled_from("xy"), times, values)
corrected = st.tuples(st.just("corrected"), st.integers(0, 9), times, values)
withdrawn = st.tuples(st.just("withdrawn"), st.integers(0, 9), times, values)
histories = st.lists(st.one_of(said, said, decided, corrected, withdrawn), max_size=10)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def take(account: Account, step, now: datetime) -> None:
    """One step of a history, as the verbs take it."""
    kind, which, hour, value = step
    if kind == "said":
        record_facts([Said(account.pk, to_us(at(hour)), {which: value})], "system", now)
        return
    if kind == "decided":
        place, wrong = (account.pk, which), None
    else:
        facts = list(Fact.objects.filter(withdrawal=False, corrections=None).order_by("pk"))
        if not facts:
            return
        wrong = facts[which % len(facts)]
        place = (account.pk, wrong.field)
    book = read_book([place])
    known = book[place]
    run = next((run for run in known.runs if wrong is not None and run.row == wrong.pk), None)
    if kind == "withdrawn" and run is not None:
        known.withdrawals += withdraw(known.runs, run, PERSON)
    else:
        known.withdrawals += decide(known.runs, to_us(at(hour)), canonical(value), value, PERSON, run)
    write_book(book, now)


def rows() -> list[reference.FactRow]:
    return [
        reference.FactRow(
            fact.pk,
            fact.account_id,
            fact.field,
            canonical(fact.value),
            fact.valid_from,
            fact.recorded_at,
            fact.corrects_id or 0,
            fact.withdrawal,
        )
        for fact in Fact.objects.order_by("pk")
    ]


def true_at(known_at: datetime | None = None) -> list[dict]:
    """The values at some hours."""
    return [values_at(at(hour), known_at) for hour in (-1, 2, 5, 9)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = DuckDBStore.open(tmp_path_factory.mktemp("facts") / "w.duckdb", memory_limit="200MB")
    yield store
    store.close()


@pytest.mark.django_db
@some_examples
@given(steps=histories)
def test_what_was_known_stays_known_and_every_read_is_a_replay(store, steps):
    with transaction.atomic():
        account = Account.objects.create(external_id="acme")
        learnt = []
        for number, step in enumerate(steps):
            now = at(20 + number)
            take(account, step, now)
            learnt.append((now, true_at()))
            account.refresh_from_db()
            assert account.traits == {field: held[account.pk] for field, held in values_at(now).items()}
        store.set_facts(range(10**6), FACT.empty_table())
        copy_facts(store, whole=True)
        plain = rows()
        for now, was in learnt:
            assert true_at(now) == was
            for hour in (3, 9):
                expected = reference.values_at(plain, at(hour), now)
                one = facts_at(account.pk, at(hour), now)
                assert [(account.pk, field, canonical(fact.value)) for field, fact in one.items()] == expected
                assert store.facts_at(FactQuery(at(hour), now)) == expected
        transaction.set_rollback(True)


@pytest.mark.django_db
@some_examples
@given(steps=st.lists(st.one_of(decided, corrected, withdrawn), max_size=10))
def test_people_write_points_on_a_line(steps):
    """The plain model: a point per field and time; a correction moves one, a withdrawal takes it away."""
    points: dict[tuple[str, int], str | None] = {}

    def value_at(field: str, hour: int) -> str | None:
        before = [(when, value) for (name, when), value in points.items() if name == field and when <= hour]
        return max(before, key=lambda point: point[0])[1] if before else "nothing"

    with transaction.atomic():
        account = Account.objects.create(external_id="acme")
        for number, (kind, which, hour, value) in enumerate(steps):
            facts = list(Fact.objects.filter(withdrawal=False, corrections=None).order_by("pk"))
            field = which
            if kind in ("corrected", "withdrawn"):
                if not facts:
                    continue
                wrong = facts[which % len(facts)]
                field = wrong.field
                del points[field, (wrong.valid_from - START) // timedelta(hours=1)]
            take(account, (kind, which, hour, value), at(20 + number))
            if kind != "withdrawn":
                if points.get((field, hour), "nothing") != value:
                    points.pop((field, hour), None)
                if value_at(field, hour) != value:
                    points[field, hour] = value
            for asked in range(11):
                expected = {name: held for name in "xy" if (held := value_at(name, asked)) not in (None, "nothing")}
                assert {name: fact.value for name, fact in facts_at(account.pk, at(asked)).items()} == expected
        transaction.set_rollback(True)


class Killed(Exception):
    pass


@pytest.mark.django_db
@some_examples
@given(steps=histories, last=st.one_of(said, decided))
def test_a_step_cut_off_anywhere_is_whole_or_not_at_all(steps, last):
    with transaction.atomic():
        account = Account.objects.create(external_id="acme")
        for number, step in enumerate(steps):
            take(account, step, at(20 + number))
        now = at(40)
        before = rows(), Account.objects.values_list("traits").get()
        for cut in range(50):
            try:
                with transaction.atomic(), connection.execute_wrapper(dying_after(cut)):
                    take(account, last, now)
            except Killed:
                assert (rows(), Account.objects.values_list("traits").get()) == before
            else:
                break
        account.refresh_from_db()
        assert account.traits == {field: held[account.pk] for field, held in values_at(now).items()}
        transaction.set_rollback(True)


def dying_after(statements: int):
    seen = iter(range(1000))

    def run(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) and next(seen) == statements:
            raise Killed
        return execute(sql, params, many, context)

    return run


@pytest.mark.django_db
@some_examples
@given(steps=st.lists(said, max_size=8), now=times)
def test_the_projection_follows_the_time(steps, now):
    with transaction.atomic():
        account = Account.objects.create(external_id="acme")
        for step in steps:
            take(account, step, at(now))
        for hour in range(now, 11):
            begin_facts(at(hour))
            account.refresh_from_db()
            assert account.traits == {field: held[account.pk] for field, held in values_at(at(hour)).items()}
        transaction.set_rollback(True)
