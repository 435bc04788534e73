from dataclasses import replace
from datetime import timedelta

import pytest

from tenure.upkeep.backup import BackupDamaged, make_backup
from tenure.upkeep.restore import CannotRestore, restore
from tests.upkeep.conftest import NOW, say, word


@pytest.fixture
def backup(house):
    """Made while five events were there; then the database says something else and two more events came."""
    made = make_backup(house.config, house.store, house.inbox, NOW)
    say(house.config, "after")
    house.take(5, 6)
    house.load()
    house.close()
    return made


def test_it_puts_everything_back(house, backup):
    restore(house.config, backup, NOW)
    house.reopen()
    assert (house.events(), house.store.position(), house.inbox.last_id()) == (5, 5, 5)
    assert word(house.config) == "before"
    assert not list(house.config.data.glob("*.restoring"))


def test_it_moves_aside_what_was_there(house, backup):
    aside = restore(house.config, backup, NOW)
    assert {"tenure.sqlite3", "inbox.sqlite3", "warehouse.duckdb"} <= {path.name for path in aside.iterdir()}
    replaced = replace(house.config, data=aside)
    assert word(replaced) == "after"
    house.config = replaced
    house.reopen()
    assert (house.events(), house.inbox.last_id()) == (7, 7)


def test_it_brings_back_what_was_put_aside_from_its_own_folder(house, backup):
    """Into an empty folder as well: that is how an installation moves to another machine."""
    elsewhere = replace(house.config, data=house.config.data.parent / "elsewhere")
    aside = restore(elsewhere, backup, NOW)
    assert list(aside.iterdir()) == []
    house.config = elsewhere
    house.reopen()
    assert (house.events(), word(elsewhere)) == (5, "before")


def test_it_changes_nothing_when_the_backup_is_damaged(house, backup):
    (backup / "inbox.sqlite3").write_bytes(b"gone")
    with pytest.raises(BackupDamaged):
        restore(house.config, backup, NOW)
    _unchanged(house)


@pytest.mark.parametrize(
    ("setting", "says"),
    [("database_url", "unset TENURE_DATABASE_URL"), ("warehouse_url", "unset TENURE_WAREHOUSE_URL")],
)
def test_it_does_not_mix_kinds_of_installation(house, backup, setting, says):
    with pytest.raises(CannotRestore, match=says):
        restore(replace(house.config, **{setting: "clickhouse://nowhere/x"}), backup, NOW)
    _unchanged(house)


def test_it_changes_nothing_when_the_files_cannot_be_copied(house, backup):
    (house.config.data / "inbox.sqlite3.restoring").symlink_to("/nowhere/at/all")
    with pytest.raises(CannotRestore, match="Nothing was changed"):
        restore(house.config, backup, NOW + timedelta(seconds=1))
    _unchanged(house)


def _unchanged(house):
    assert word(house.config) == "after"
    house.reopen()
    assert house.events() == 7
