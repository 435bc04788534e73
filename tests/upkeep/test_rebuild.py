import shutil
import threading
from datetime import timedelta

import duckdb
import pytest
from django.test import Client
from django.urls import reverse

from tenure.server.process import Process
from tenure.upkeep.backup import make_backup
from tenure.upkeep.models import Notice, NoticeKind
from tenure.upkeep.rebuild import open_or_rebuild
from tenure.warehouse.store import WarehouseDamaged
from tests.upkeep.conftest import NOW

BLOCKS_AT, BLOCK = 12288, 262144  # of a DuckDB file: three headers, then blocks


def break_whole(house) -> None:
    """Nothing of the closed file can be opened any more."""
    path = house.config.warehouse_path
    path.write_bytes(b"\xff" * path.stat().st_size)


def break_events(house) -> None:
    """The closed file can be opened, but breaks when events are read."""
    path = house.config.warehouse_path
    whole = path.read_bytes()
    for start in range(BLOCKS_AT, len(whole), BLOCK):
        path.write_bytes(whole[: start + 8] + b"\xff" * 4096 + whole[start + 8 + 4096 :])
        try:
            warehouse = duckdb.connect(str(path))
        except duckdb.Error:
            continue  # this block is needed to open it
        with warehouse:
            try:
                warehouse.execute("SELECT sum(hash(message_id)) FROM event").fetchall()
            except duckdb.Error:
                return
    raise AssertionError("no block holds the events")


@pytest.fixture
def process(house):
    """Opened on a warehouse that breaks when it is read; ended after 20 s whatever happens."""
    make_backup(house.config, house.store, house.inbox, NOW)
    house.store.close()
    break_events(house)
    process = Process.open(house.config)
    ending = threading.Timer(20, process._stop.set)
    ending.start()
    yield process
    ending.cancel()
    process.stop()


def rebuilt(house):
    house.store.close()
    house.store = open_or_rebuild(house.config, house.inbox)
    return Notice.objects.get(kind=NoticeKind.WAREHOUSE_REBUILT).detail


def test_it_opens_a_warehouse_that_is_well(house):
    house.store.close()
    house.store = open_or_rebuild(house.config, house.inbox)
    assert house.events() == 5
    assert not Notice.objects.exists()


def test_it_begins_a_damaged_one_again_from_the_backup(house):
    backup = make_backup(house.config, house.store, house.inbox, NOW)
    house.take(5, 6)
    house.load()
    house.store.close()
    break_whole(house)
    damaged = house.config.warehouse_path.read_bytes()
    detail = rebuilt(house)
    assert f"begun again from backup {backup.name}" in detail
    assert house.store.position() == 5
    house.load()
    assert house.events() == 7
    [aside] = house.config.data.glob("damaged-*")
    assert (aside / "warehouse.duckdb").read_bytes() == damaged
    assert str(aside) in detail


def test_it_begins_one_that_is_gone_from_nothing(house):
    house.store.close()
    house.config.warehouse_path.unlink()
    detail = rebuilt(house)
    assert "was gone" in detail and "from nothing" in detail and "missing" not in detail
    house.load()
    assert house.events() == 5
    assert not list(house.config.data.glob("damaged-*"))


def test_it_passes_over_a_backup_that_is_damaged_too(house):
    older = make_backup(house.config, house.store, house.inbox, NOW)
    newer = make_backup(house.config, house.store, house.inbox, NOW + timedelta(days=1))
    (newer / "warehouse" / "warehouse.duckdb").write_bytes(b"\xff" * 20_000)
    house.store.close()
    house.config.warehouse_path.unlink()
    assert f"from backup {older.name}" in rebuilt(house)
    assert house.events() == 5


def test_it_says_which_bodies_nobody_has_any_more(house):
    house.inbox.prune(3, 2**62)
    house.store.close()
    house.config.warehouse_path.unlink()
    assert "1 to 3 are missing" in rebuilt(house)
    house.load()
    assert house.events() == 2


def test_it_rebuilds_one_that_breaks_while_serving_and_people_see_it(house, process, alice):
    house.take(4, 5)
    with pytest.raises(WarehouseDamaged):  # logged by the thread that runs it, and begun again
        process._load()
    process.drain()
    assert process.store.totals().events == 6
    assert process.status() == {"ok": True, "waiting": 0, "problems": []}
    browser = Client()
    browser.force_login(alice)
    assert "begun again from backup" in browser.get(reverse("upkeep:system")).content.decode()


def test_it_tries_again_when_there_was_no_way_to_rebuild_it(house, process, monkeypatch):
    """No space, for example: meanwhile the health endpoint says so, and events go on into the inbox."""
    house.take(4, 5)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", full)
        with pytest.raises(OSError, match="No space"):
            process._load()
    found = process.status()
    assert found["ok"] is False and "The warehouse is not open" in found["problems"][0]
    process._stop.set()
    process._load()
    process.drain()
    assert process.store.totals().events == 6
