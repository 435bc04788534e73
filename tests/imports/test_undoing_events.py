"""A file of events taken back, with the users only it named: out of whatever is made of inbox and backup again, too."""

import pytest
from django.conf import settings

from tenure.accounts.models import Account, User
from tenure.events.inbox import current
from tenure.events.loader import Loader
from tenure.imports.models import Brought
from tenure.warehouse.duckdb import DuckDBStore
from tests.imports.desk import counts

HEAD = "event,time,user_id,account_id\n"
FILE = HEAD + "open,2026-03-01 10:00,ada,acme\nopen,2026-03-01 11:00,ada,acme\nsave,2026-03-03 10:00,bob,bolt\n"
OWN = {"event": "open", "time": "2026-03-02T10:00:00Z", "user": "ada", "account": "acme"}


@pytest.fixture
def loaded(house):
    """With an event that an SDK sent."""
    current.use(house.inbox)
    house.send(OWN)
    yield house
    current.use(None)


def held(store):
    totals = store.totals()
    return totals.events, totals.users, totals.accounts, store.check()


def test_it_takes_back_what_the_file_brought_and_nothing_else(desk, loaded):
    file_import = desk.bring("events", FILE)
    loaded.loader.load_all()
    assert held(loaded.store) == (4, 2, 2, [])
    loaded.store.refresh_days(loaded.store.dirty_days())

    undone = desk.undo(file_import)
    loaded.loader.load_all()
    assert list(User.objects.values_list("own_identity__external_id", flat=True)) == ["ada"]
    assert (undone.state, held(loaded.store)) == ("undone", (1, 1, 1, []))
    assert [str(day) for day in loaded.store.dirty_days()] == ["2026-03-01", "2026-03-02", "2026-03-03"]
    first_days = dict(Account.objects.values_list("external_id", "first_day"))
    assert {name: str(day) for name, day in first_days.items()} == {"acme": "2026-03-02"}


def test_it_leaves_what_another_file_brought_first(desk, loaded):
    desk.bring("events", HEAD + "open,2026-03-01 10:00,ada,acme\n")
    second = desk.bring("events", FILE)
    assert counts(second) == (2, 0, 1, 0)
    desk.undo(second)
    loaded.loader.load_all()
    assert held(loaded.store)[0] == 2


def test_it_brings_the_file_again_after_it_was_undone(desk, loaded):
    desk.undo(desk.bring("events", FILE))
    assert counts(desk.bring("events", FILE)) == (3, 0, 0, 0)
    loaded.loader.load_all()
    assert held(loaded.store) == (4, 2, 2, [])


def test_it_stays_undone_when_the_warehouse_is_made_again(desk, loaded, tmp_path):
    file_import = desk.bring("events", FILE)
    loaded.loader.load_all()
    (tmp_path / "backup").mkdir()
    loaded.store.backup(tmp_path / "backup")
    [copy] = (tmp_path / "backup").iterdir()
    desk.undo(file_import)
    assert not Brought.objects.exists()

    for path in (copy, tmp_path / "empty.duckdb"):
        store = DuckDBStore.open(path)
        Loader(loaded.inbox, store, settings.CONFIG).load_all()
        assert held(store) == (1, 1, 1, [])
        assert store.listed_accounts() == set(Account.objects.values_list("pk", flat=True))
        store.close()
