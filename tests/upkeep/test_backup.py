import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import duckdb
import pytest

from tenure.lib import clock
from tenure.upkeep.backup import BackupDamaged, BackupFailed, latest_backup, make_backup, verify_backup
from tenure.upkeep.models import Backup
from tests.upkeep.conftest import NOW

PARTS = ("tenure.sqlite3", "inbox.sqlite3", "warehouse/warehouse.duckdb", "manifest.json")


@pytest.fixture
def backup(house):
    return make_backup(house.config, house.store, house.inbox, NOW)


def test_it_copies_everything_and_says_what(house, backup):
    manifest = json.loads((backup / "manifest.json").read_text())
    assert (manifest["position"], manifest["events"]) == (5, 5)
    assert set(manifest["files"]) == set(PARTS[:3])
    for name, said in manifest["files"].items():
        content = (backup / name).read_bytes()
        assert said == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with duckdb.connect(str(backup / PARTS[2]), read_only=True) as warehouse:
        assert warehouse.execute("SELECT count(*) FROM event").fetchall() == [(5,)]
    with closing(sqlite3.connect(backup / "inbox.sqlite3")) as inbox:
        assert inbox.execute("SELECT count(*) FROM body").fetchall() == [(5,)]


def test_it_keeps_a_record_of_what_it_made(house, backup):
    made = Backup.objects.get()
    assert (made.name, made.position, made.created_at, made.verified_at) == (backup.name, 5, NOW, NOW)
    assert made.bytes == sum((backup / name).stat().st_size for name in PARTS[:3])


def test_it_holds_what_is_not_loaded_yet_in_the_inbox(house):
    house.take(5, 6)
    backup = make_backup(house.config, house.store, house.inbox, NOW)
    assert verify_backup(house.config, backup).position == 5
    with closing(sqlite3.connect(backup / "inbox.sqlite3")) as inbox:
        assert inbox.execute("SELECT max(id) FROM body").fetchall() == [(7,)]


def test_it_finds_a_whole_backup_whole(house, backup):
    house.take(*range(5, 9))
    house.load()  # what comes later is none of the backup's business
    assert verify_backup(house.config, backup).events == 5
    assert sorted(path.name for path in house.config.backups_path.iterdir()) == [backup.name]  # no scratch is left


def test_it_finds_a_flipped_bit_anywhere(house, backup):
    for name in PARTS:
        content = (backup / name).read_bytes()
        for place in (0, len(content) // 2, len(content) - 1):
            broken = bytearray(content)
            broken[place] ^= 4
            (backup / name).write_bytes(broken)
            with pytest.raises(BackupDamaged, match=name):
                verify_backup(house.config, backup)
        (backup / name).write_bytes(content)
    verify_backup(house.config, backup)


def test_it_misses_each_file(house, backup):
    for name in PARTS:
        (backup / name).rename(backup / "away")
        with pytest.raises(BackupDamaged, match=name):
            verify_backup(house.config, backup)
        (backup / "away").rename(backup / name)


def test_it_does_not_take_anything_for_a_manifest(house, backup):
    whole = (backup / "manifest.json").read_text()
    for text in ("", whole[:100], whole[:-1], "[]", "{}", '{"files": {}}'):
        (backup / "manifest.json").write_text(text)
        with pytest.raises(BackupDamaged, match=r"manifest\.json cannot be read"):
            verify_backup(house.config, backup)


def test_it_does_not_believe_a_warehouse_that_holds_something_else(house, backup):
    """Every checksum is right: somebody, or a fault while backing up, made a manifest for another warehouse."""
    from tenure.upkeep.backup import Manifest, _seal

    said = json.loads((backup / "manifest.json").read_text())
    del said["sha256"]
    said["events"] = 6
    (backup / "manifest.json").write_text(json.dumps({**said, "sha256": _seal(Manifest(**said))}))
    with pytest.raises(BackupDamaged, match="does not hold what was backed up"):
        verify_backup(house.config, backup)


def test_it_leaves_nothing_behind_when_it_fails(house):
    house.config.backups_path.write_text("in the way")
    with pytest.raises(BackupFailed, match="No backup was made"):
        make_backup(house.config, house.store, house.inbox, NOW)
    house.config.backups_path.unlink()
    house.config.sqlite_path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(BackupFailed, match="not a database"):
        make_backup(house.config, house.store, house.inbox, NOW)
    assert list(house.config.backups_path.iterdir()) == []
    assert not Backup.objects.exists()


def test_it_knows_the_newest_of_them(house, backup):
    newer = make_backup(house.config, house.store, house.inbox, clock.now() + timedelta(days=1))
    assert latest_backup(house.config) == newer
    (newer / "manifest.json").write_text("{")
    assert latest_backup(house.config) == backup
