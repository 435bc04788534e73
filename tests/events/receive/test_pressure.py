"""What cannot be taken now is answered 503, loses nothing that was acknowledged, and passes."""

import secrets
import shutil
import sqlite3
import time

import pytest

from tests.events.receive.conftest import Server, batch


def send_until(server: Server, status: int, most: int) -> int:
    """Sends bodies of some kB until one is answered with the status; how many were acknowledged before."""
    acknowledged = 0
    for _ in range(most):
        response = server.post_batch([secrets.token_hex(3000)])
        if response.status == status:
            return acknowledged
        assert response.status in {200, 503}
        acknowledged += response.status == 200
        time.sleep(0.005)
    pytest.fail(f"No {status} after {most} bodies")


def test_it_answers_503_on_a_full_disk_and_goes_on_when_there_is_room(server: Server):
    writer: sqlite3.Connection = server.inbox._writer
    [(pages,)] = writer.execute("PRAGMA page_count").fetchall()
    writer.execute(f"PRAGMA max_page_count = {pages + 30}")  # SQLITE_FULL, as from a disk without room
    acknowledged = send_until(server, 503, most=500)
    assert len(server.bodies()) == acknowledged > 0
    assert server.post_batch([secrets.token_hex(3000)]).getheader("retry-after") == "5"
    writer.execute("PRAGMA max_page_count = 1000000")
    assert server.post_batch(["Opened"]).status == 200
    assert len(server.bodies()) == acknowledged + 1


def test_it_answers_503_before_the_disk_is_full(serve):
    server = serve(min_free_disk=2**60)
    response = server.post_batch(["Opened"])
    assert (response.status, response.getheader("retry-after")) == (503, "5")
    assert server.bodies() == []


def test_it_answers_503_while_the_loader_is_too_far_behind(serve):
    server = serve(inbox_max_backlog=20)
    assert 20 <= send_until(server, 503, most=30) < 30  # how far behind is looked at now and then
    server.loaded = server.inbox.last_id()
    send_until(server, 200, most=600)


def test_it_answers_503_when_the_data_folder_is_gone(server: Server):
    assert server.post_batch(["Opened"]).status == 200
    time.sleep(1.05)
    shutil.rmtree(server.config.data)
    assert server.post_batch(["Opened"]).status == 503


def test_it_says_nothing_to_the_sender_about_the_fault(serve):
    server = serve(min_free_disk=2**60)
    assert str(server.config.data).encode() not in server.post_batch(["Opened"]).body
    assert server.send("POST", "/v1/batch", batch(["Opened"])).status == 503
