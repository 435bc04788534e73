"""The first day of an account."""

import time
from datetime import date

import pytest

from tenure.accounts.models import Account
from tenure.events import batches, reading


def first_days():
    return dict(Account.objects.values_list("external_id", "first_day"))


def test_it_is_the_day_of_the_first_event_link_or_fact(house):
    house.send({"event": "open", "account": "acme", "time": "2026-03-05T10:00:00Z"})
    house.send({"type": "group", "account": "bolt", "user": "ada", "time": "2026-03-04T10:00:00Z"})
    assert first_days() == {"acme": date(2026, 3, 5), "bolt": date(2026, 3, 4)}
    house.send({"event": "open", "account": "acme", "time": "2026-03-01T10:00:00Z"})
    assert first_days()["acme"] == date(2026, 3, 1)


def test_it_becomes_later_when_the_first_events_turn_out_anothers(house):
    house.send({"event": "open", "user": "ada", "time": "2026-03-01T10:00:00Z"})
    house.send({"type": "identify", "user": "ada", "account": "acme", "time": "2026-03-09T10:00:00Z"})
    assert first_days() == {"acme": date(2026, 3, 1)}
    house.send({"type": "identify", "user": "ada", "account": "bolt", "time": "2026-03-02T10:00:00Z"})
    assert first_days() == {"acme": date(2026, 3, 9), "bolt": date(2026, 3, 1)}


def test_it_keeps_the_day_of_a_fact_though_events_move_away(house):
    house.send({"type": "group", "account": "acme", "traits": {"plan": "pro"}, "time": "2026-03-03T10:00:00Z"})
    house.send({"event": "open", "user": "ada", "time": "2026-03-01T10:00:00Z"})
    house.send({"type": "identify", "user": "ada", "account": "acme", "time": "2026-03-09T10:00:00Z"})
    house.send({"type": "identify", "user": "ada", "account": "bolt", "time": "2026-03-02T10:00:00Z"})
    assert first_days()["acme"] == date(2026, 3, 3)


def test_it_knows_the_events_still_on_their_way_to_the_warehouse(house, monkeypatch):
    house.send({"event": "open", "user": "ada", "time": "2026-03-01T10:00:00Z"})
    house.send({"type": "identify", "user": "ada", "account": "acme", "time": "2026-03-09T10:00:00Z"})
    monkeypatch.setattr(reading, "ROWS", 1)  # each body is a batch, prepared while the one before is written
    house.put({"type": "identify", "user": "ada", "account": "bolt", "time": "2026-03-02T10:00:00Z"})
    house.put({"event": "open", "account": "acme", "time": "2026-03-05T10:00:00Z"})
    house.put({"event": "open", "account": "acme", "time": "2026-03-07T10:00:00Z"})
    house.loader.load_all()
    assert first_days() == {"acme": date(2026, 3, 5), "bolt": date(2026, 3, 1)}


def test_it_waits_for_the_events_on_their_way_before_a_body_is_set_aside(house, monkeypatch):
    house.send({"event": "open", "account": "other", "time": "2026-03-01T10:00:00Z"})
    house.put({"event": "open", "account": "acme", "time": "2026-03-05T10:00:00Z"})
    house.put({"event": "open", "account": "breaks", "time": "2026-03-05T10:00:00Z"})
    append, learn = house.store.append, batches.learn

    def append_slowly(batch):
        time.sleep(0.2)
        return append(batch)

    def break_down(book, observed, *rest):
        if "breaks" in observed.accounts:
            raise ZeroDivisionError
        return learn(book, observed, *rest)

    monkeypatch.setattr(house.store, "append", append_slowly)
    monkeypatch.setattr(batches, "learn", break_down)
    with pytest.raises(ZeroDivisionError):
        house.loader.load_all()
    house.loader.load_all()
    assert first_days() == {"other": date(2026, 3, 1), "acme": date(2026, 3, 5)}
