"""A backlog, read in a process of its own."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from tenure.accounts.models import Account
from tenure.events import batches, loader
from tenure.events.inbox.store import WITHDRAWAL, Body
from tenure.events.message import Request
from tenure.events.models import QuarantinedItem
from tenure.events.reading import read
from tenure.events.reading_ahead import ReadingAhead
from tenure.events.rows import message_key
from tenure.events.withdrawing import withdraw

LIMIT = 100_000


@pytest.fixture
def ahead():
    ahead = ReadingAhead(LIMIT)
    ahead.start()
    yield ahead
    ahead.stop()


def wait_until_ready(ahead):
    """Asks until a process answers; what it reads is of no interest."""
    deadline = time.monotonic() + 30
    while not ahead.is_busy and time.monotonic() < deadline:
        time.sleep(0.02)
        ahead.ask(bodies()[:1])
    ahead.forget()


def the_process():
    return next(child for child in active_children() if child.name == "tenure reads ahead")


def track(number, **fields):
    item = {"type": "track", "event": "open", "messageId": f"m{number}", "userId": "ada", "properties": {"n": number}}
    return item | {"timestamp": "2026-03-01T10:00:00Z"} | fields


def segment(items):
    return Request("batch", gzip.compress(json.dumps({"batch": items}).encode()), "", "application/json", "gzip")


def bodies():
    """Plain events, people's own calls, items and bodies nobody can read, and one that takes messages back."""
    identify = {"type": "identify", "userId": "bob", "traits": {"name": "Bob 波"}, "timestamp": "2026-03-01T10:00:00Z"}
    requests = [
        ("segment", segment([track(n) for n in range(5)])),
        ("segment", segment([identify, track(9), track(10, event=""), {"type": "nothing"}])),
        ("segment", Request("batch", b"\x1f\x8bcut off", "", "application/json", "gzip")),
        ("native", Request("events", b'[{"event": "save", "user": "ada", "account": "acme"}]')),
        (WITHDRAWAL, Request("", b"0" * 16)),
        ("segment", segment([track(11)])),
    ]
    return [Body(n, 1 + n % 2, kind, 1_772_000_000_000_000, each) for n, (kind, each) in enumerate(requests, 1)]


def told(found):
    items = [
        [column.to_pylist() for column in (*each.items.arrays(), each.origins, each.places)] for each in found.parcels
    ]
    calls = [(each.items.calls, each.items.groups, each.bodies) for each in found.parcels]
    return found.bodies, items, calls, found.refused


def test_it_answers_what_is_read_here(ahead):
    wait_until_ready(ahead)
    waiting = bodies()
    for front, ending in ((waiting[:4], 4), (waiting, 4), (waiting[4:], 1), (waiting[5:], 1)):
        ahead.ask(front)
        assert ahead.is_busy
        found = ahead.read(front)
        assert told(found) == told(read(front, LIMIT))
        assert len(found.bodies) == ending
    ahead.ask(waiting)
    ahead.forget()
    assert told(ahead.read(waiting[5:])) == told(read(waiting[5:], LIMIT))


def test_it_reads_here_once_the_process_has_ended(ahead):
    wait_until_ready(ahead)
    ahead.ask(bodies())
    os.kill(the_process().pid, signal.SIGKILL)
    for _ in range(2):
        assert told(ahead.read(bodies())) == told(read(bodies(), LIMIT))
        ahead.ask(bodies())
    assert not ahead.is_busy


def test_a_backlog_is_loaded_once_whatever_is_in_it(house, ahead, monkeypatch):
    wait_until_ready(ahead)
    monkeypatch.setattr(house.loader, "_reading", ahead)
    learn = batches.learn

    def break_down(book, observed, *rest):
        if "breaks" in observed.accounts:
            raise ZeroDivisionError
        return learn(book, observed, *rest)

    monkeypatch.setattr(batches, "learn", break_down)
    monkeypatch.setattr(loader, "_BODIES", 4)  # so that one batch does not take all of it
    first = house.put({"event": "open", "account": "acme", "id": "first"})
    for number in range(12):
        house.put({"event": "open", "account": "breaks" if number == 7 else "acme", "id": f"m{number}"})
    withdraw(house.inbox, [message_key("first", house.source.pk, first)])
    house.put({"event": "close", "account": "acme"}, {"event": ""})
    with pytest.raises(ZeroDivisionError):
        house.loader.load_all()
    house.loader.load_all()
    assert sorted(name for name, _, _ in house.events()) == ["close", *["open"] * 11]
    assert list(Account.objects.values_list("external_id", flat=True)) == ["acme"]
    assert sorted(QuarantinedItem.objects.values_list("reason", flat=True)) == ["cannot_load", "missing_name"]
    assert house.store.position() == house.inbox.last_id()


@pytest.mark.slow
def test_the_process_ends_with_the_one_that_started_it():
    program = (
        "import sys, time; from multiprocessing import active_children; from tenure.events.reading_ahead import *\n"
        "if __name__ == '__main__':\n"
        "    ahead = ReadingAhead(1); ahead.start(); print(active_children()[0].pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
