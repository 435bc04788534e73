"""The warehouse's copy of the facts catches up with whatever was written, and is made again when it is lost."""

from datetime import UTC, datetime

import pytest

from tenure.accounts.as_of import values_at
from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account, Fact
from tenure.lib.instants import to_us
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.duckdb.schema import UPGRADES
from tenure.warehouse.store import FactQuery

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def open_store(tmp_path):
    stores = []

    def open_one(name="a"):
        stores.append(DuckDBStore.open(tmp_path / f"{name}.duckdb"))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def acme():
    account = Account.objects.create(external_id="acme")
    record_facts([Said(account.pk, to_us(NOW), {"plan": "pro", "seats": 5})], "test", NOW)
    return account


def test_it_copies_what_is_new_and_nothing_twice(open_store, acme):
    store = open_store()
    assert (copy_facts(store), copy_facts(store)) == (2, 0)
    record_facts([Said(acme.pk, to_us(NOW) + 1, {"plan": "max"})], "test", NOW)
    assert copy_facts(store) == 3  # the block it is in
    later = NOW.replace(month=7)
    assert store.facts_at(FactQuery(later)) == [(acme.pk, "plan", '"max"'), (acme.pk, "seats", "5")]
    assert values_at(later) == {"plan": {acme.pk: "max"}, "seats": {acme.pk: 5}}


def test_a_new_warehouse_gets_them_all(open_store, acme):
    before = open_store("before")
    copy_facts(before)
    rebuilt = open_store("rebuilt")
    copy_facts(rebuilt, whole=True)
    assert rebuilt.facts_at(FactQuery(NOW)) == before.facts_at(FactQuery(NOW)) != []


def test_it_follows_facts_that_went_to_another_account_or_away(open_store, acme):
    store = open_store()
    copy_facts(store)
    bolt = Account.objects.create(external_id="bolt")
    Fact.objects.filter(field="plan").update(account=bolt)
    Fact.objects.filter(field="seats").delete()
    copy_facts(store, whole=True)
    assert store.facts_at(FactQuery(NOW)) == [(bolt.pk, "plan", '"pro"')]


def test_an_older_warehouse_gets_the_table(tmp_path, acme):
    old = DuckDBStore.open(tmp_path / "old.duckdb")
    with old.writing() as transaction:
        for added in UPGRADES.values():
            transaction.execute(f"drop table {added.split()[2]}")
        transaction.execute("update layout set version = 1")
    old.close()
    store = DuckDBStore.open(tmp_path / "old.duckdb")
    assert copy_facts(store) == 2
    store.close()
