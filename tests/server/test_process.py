from dataclasses import replace

import pytest

from tenure import config as config_module
from tenure.events.inbox import current as current_inbox
from tenure.events.inbox.store import Arrival, InboxUnavailable
from tenure.events.message import Request
from tenure.server.process import Process
from tenure.warehouse import current as current_store
from tenure.warehouse.store import Batch, WarehouseError
from tests.warehouse.rows import event, rows


@pytest.fixture
def config(tmp_path):
    return replace(config_module.read({}), data=tmp_path, min_free_disk=1)


def test_it_opens_what_the_rest_asks_for_and_closes_it(config, db):
    process = Process.open(config)
    assert current_store.store() is process.store
    assert current_inbox.inbox() is process.inbox
    assert (process.status(), process.position()) == ({"ok": True, "waiting": 0, "problems": []}, 0)
    process.stop()
    with pytest.raises(WarehouseError):
        current_store.store()
    with pytest.raises(InboxUnavailable):
        current_inbox.inbox()


def test_it_is_well_without_a_warehouse_where_it_only_takes_events(config):
    process = Process.open(config, warehouse=False)
    try:
        assert process.position() is None
        assert process.status()["ok"] is True
        assert not config.warehouse_path.exists()
    finally:
        process.stop()


def test_it_says_so_when_the_inbox_cannot_be_asked(config, db):
    process = Process.open(config)
    try:
        process.inbox.close()  # away, as a database can be
        found = process.status()
        assert found["ok"] is False
        assert "inbox" in found["problems"][0].lower()
    finally:
        process.stop()


def test_it_gives_new_bodies_ids_the_warehouse_has_not_passed(config, db):
    """The inbox's file was lost: a body under an id already passed would never be loaded."""
    process = Process.open(config)
    process.store.append(Batch(rows(event(1)), position=7))
    process.stop()
    config.inbox_path.unlink()
    process = Process.open(config)
    try:
        arrival = Arrival(1, "native", 0, Request("events", b"[]"))
        assert process.inbox.put([arrival]) == [8]
    finally:
        process.stop()
