"""An account named after a person, such as a customer of one: its name goes with them and does not come back."""

import pytest

from tenure.accounts.models import Account, AccountKey
from tenure.accounts.search.finding import find
from tenure.core.search.matching import asked
from tenure.privacy.erasing import erase_user
from tenure.warehouse.duckdb import DuckDBStore
from tests.privacy.conftest import sweep_all, traces

#: Said by the product's server, under nobody's id.
GROUP = {"type": "group", "account": "alder", "time": "2026-03-05T11:00:00Z"}


@pytest.fixture
def named(house):
    """The account, told apart by a word of its own."""
    house.send({"id": "8", **GROUP, "traits": {"name": "Ada Lovelace Consulting", "owners": ["Ada Lovelace"]}})
    return Account.objects.get(external_id="alder")


def finds(member, typed):
    return [each.name for each in find(member, asked(typed), typed, 6).get(Account, [])]


def test_it_goes_with_the_person_from_table_search_and_warehouse(
    house, ada, named, alice, config, django_capture_on_commit_callbacks
):
    assert finds(alice, "lovelace") == ["Ada Lovelace Consulting"]
    with django_capture_on_commit_callbacks(execute=True):
        erase_user(ada, alice, house.store)
    named.refresh_from_db()
    assert (named.name, named.traits["owners"]) == ("[erased] Consulting", ["[erased]"])
    assert (finds(alice, "lovelace"), finds(alice, "consulting")) == ([], ["[erased] Consulting"])
    assert not AccountKey.objects.filter(key__startswith=b"ada").exists()
    assert [each for each in traces(house) if not each.startswith(("body", "event"))] == []
    assert "lovelace" not in str(house.store.read("select * from account")).lower()


def test_it_does_not_come_back_with_a_rebuild_nor_when_it_is_said_again(house, ada, named, config, tmp_path):
    erase_user(ada, None, house.store)
    sweep_all(house, config)
    house.store.close()
    (tmp_path / "warehouse.duckdb").unlink()
    house.store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    house.restart()
    house.loader.load_all()
    house.send({"id": "9", **GROUP, "time": "2026-03-05T11:30:00Z", "traits": {"name": "Ada Lovelace Consulting"}})
    house.send(
        {"id": "10", **GROUP, "time": "2026-03-05T11:31:00Z", "traits": {"owners": ["Ada Lovelace"], "seats": 7}}
    )
    named.refresh_from_db()
    assert (named.name, named.traits["seats"]) == ("[erased] Consulting", 7)
    assert [each for each in traces(house) if not each.startswith("body")] == []


def test_another_account_of_that_name_keeps_it(house, ada, named):
    erase_user(ada, None, house.store)
    house.send({"id": "11", **GROUP, "account": "birch", "traits": {"name": "Ada Lovelace Consulting"}})
    assert Account.objects.get(external_id="birch").name == "Ada Lovelace Consulting"
