"""From the inbox to the warehouse."""

import gzip
import json

import pytest

from tenure.accounts.book import Book
from tenure.accounts.models import Account, User
from tenure.events import batches, reading
from tenure.events.message import Request
from tenure.events.models import EventProperty, EventType, QuarantinedItem
from tenure.lib import clock
from tenure.warehouse.store import EventFilter, WarehouseError

DAY = "2026-03-01T10:00:00Z"


def event(name, **fields):
    return {"event": name, "time": DAY, **fields}


def test_it_loads_events_with_their_accounts_and_users(house):
    house.send(event("open", user="ada", account="acme"), event("save", user="ada", account="acme"))
    assert sorted(house.events()) == [("open", "acme", "ada"), ("save", "acme", "ada")]
    assert house.store.totals().events == 2


def test_it_counts_nothing_twice_however_often_it_is_sent(house):
    items = [event("open", user="ada", account="acme", id=f"m{n}") for n in range(5)]
    for _ in range(3):
        house.send(*items)
    house.send(*reversed(items))
    assert house.store.totals().events == 5


def test_it_attributes_stored_events_when_the_link_arrives(house):
    house.send(event("open", user="ada"))
    assert house.events() == [("open", "", "ada")]
    house.send({"type": "group", "user": "ada", "account": "acme", "time": "2026-03-05T00:00:00Z"})
    assert house.events()[0] == ("open", "acme", "ada")
    account = Account.objects.get(external_id="acme")
    assert account.first_day.isoformat() == "2026-03-01"
    assert house.store.account_events(account.pk, account.first_day, account.first_day)[0][2:] == (1, 1)


def test_it_follows_a_user_who_changes_accounts(house):
    for day, account in ((2, "acme"), (6, "bolt")):
        house.send({"type": "identify", "user": "ada", "account": account, "time": f"2026-03-0{day}T00:00:00Z"})
    for day in (1, 3, 7):
        house.send({"event": f"day {day}", "user": "ada", "time": f"2026-03-0{day}T12:00:00Z"})
    tracked = [row for row in house.events() if row[0].startswith("day")]
    assert tracked == [("day 1", "acme", "ada"), ("day 3", "acme", "ada"), ("day 7", "bolt", "ada")]


def test_it_never_moves_an_event_that_names_its_account(house):
    house.send(event("open", user="ada", account="acme"))
    house.send({"type": "group", "user": "ada", "account": "bolt", "time": "2026-01-01T00:00:00Z"})
    assert ("open", "acme", "ada") in house.events()


def test_it_gives_a_user_what_they_did_before_they_signed_in(house):
    house.send(event("look around", anonymous="browser-1"))
    house.send({"type": "identify", "user": "ada", "anonymous": "browser-1", "time": DAY})
    assert ("look around", "", "ada") in house.events()
    assert User.objects.filter(merged_into=None).count() == 1


def test_it_keeps_two_people_on_one_computer_apart(house):
    for user, hour in (("bob", 12), ("ada", 11)):  # the later one arrives first
        house.send({"type": "identify", "user": user, "anonymous": "shared", "time": f"2026-03-01T{hour}:00:00Z"})
    house.send(event("look around", anonymous="shared"))
    assert ("look around", "", "ada") in house.events()
    assert User.objects.filter(merged_into=None).count() == 2


def test_it_never_merges_two_who_signed_in(house):
    house.send({"type": "identify", "user": "ada", "anonymous": "a", "time": DAY})
    house.send({"type": "identify", "user": "bob", "anonymous": "b", "time": DAY})
    house.send({"type": "alias", "previous": "ada", "user": "bob", "time": DAY}, event("open", user="ada"))
    assert ("open", "", "ada") in house.events()


def test_it_keeps_refused_items_once_and_loads_the_others(house):
    house.put(event("open", user="ada"), event("lost"), event("old", user="ada", time="1970-01-02T00:00:00Z"))
    house.loader.load_all()
    assert house.events() == [("open", "", "ada")]
    assert list(QuarantinedItem.objects.order_by("place").values_list("place", "reason")) == [
        (1, "missing_user"),
        (2, "time_out_of_range"),
    ]


def test_it_goes_on_after_a_body_nobody_can_read(house):
    house.put_raw("segment", Request("batch", gzip.compress(b'{"batch": ['), "", "", "gzip"))
    house.send(event("open", user="ada"))
    assert house.events() == [("open", "", "ada")]
    assert QuarantinedItem.objects.get().reason == "bad_json"


def test_it_sets_aside_a_body_that_breaks_the_code(house, monkeypatch):
    decode = reading.STORED["native"].decode

    def break_down(request, max_decoded):
        if b"poison" in request.body:
            raise ZeroDivisionError("nobody foresaw this")
        return decode(request, max_decoded)

    monkeypatch.setattr(type(reading.STORED["native"]), "decode", lambda self, *args: break_down(*args))
    house.put(event("poison", user="ada"))
    house.send(event("open", user="ada"))
    assert house.events() == [("open", "", "ada")]
    item = QuarantinedItem.objects.get()
    assert (item.reason, item.detail) == ("cannot_load", "ZeroDivisionError: nobody foresaw this")
    assert "poison" in item.raw


def test_it_finds_the_one_body_that_cannot_be_written(house, monkeypatch):
    learn = batches.learn

    def break_down(book, observed, *rest):
        if "poison" in observed.identities:
            raise ValueError("the database refuses this")
        return learn(book, observed, *rest)

    monkeypatch.setattr(batches, "learn", break_down)
    for user in ("ada", "poison", "bob"):
        house.put(event("open", user=user))
    with pytest.raises(ValueError, match="refuses"):
        house.loader.load_all()
    house.loader.load_all()
    assert {user for _, _, user in house.events()} == {"ada", "bob"}
    assert QuarantinedItem.objects.get().reason == "cannot_load"


def test_it_loads_a_body_whose_account_an_import_adds_at_the_same_moment(house, monkeypatch):
    read = Book.read

    def read_just_before(book, *seen):
        read(book, *seen)
        Account.objects.get_or_create(external_id="acme")

    monkeypatch.setattr(Book, "read", read_just_before)
    house.send(event("open", user="ada", account="acme"))
    assert house.events() == [("open", "acme", "ada")]
    assert not QuarantinedItem.objects.exists()


def test_it_repairs_what_a_crash_kept_from_the_warehouse(house, monkeypatch):
    house.send(event("open", user="ada"), event("look around", anonymous="a1"))
    append = house.store.append
    monkeypatch.setattr(house.store, "append", lambda batch: (_ for _ in ()).throw(WarehouseError("power is cut")))
    house.put({"type": "identify", "user": "ada", "anonymous": "a1", "account": "acme", "time": DAY})
    with pytest.raises(WarehouseError):
        house.loader.load_all()
    monkeypatch.setattr(house.store, "append", append)
    house.restart()
    house.loader.load_all()
    assert {row[1:] for row in house.events()} == {("acme", "ada")}


def test_it_takes_the_time_of_arrival_when_there_is_none(house):
    house.send({"event": "open", "user": "ada", "id": "m1"})
    house.send({"event": "open", "user": "ada", "id": "m1"})
    rows = house.store.events(EventFilter())
    assert len(rows) == 1
    assert abs((rows[0].time - clock.now()).total_seconds()) < 60


def test_it_fills_the_catalogue_by_itself(house):
    house.send(event("report viewed", user="ada", properties={"rows": 3, "kind": "pdf", "tags": ["a"], "none": None}))
    found = EventType.objects.get()
    assert (found.name, found.kind, found.get_event_class_display()) == ("report viewed", "track", "Value")
    seen = {row.name: (row.types, row.samples) for row in EventProperty.objects.all()}
    assert seen == {"rows": (["number"], [3]), "kind": (["text"], ["pdf"]), "tags": (["list"], [])}


def test_it_shows_what_a_source_sent_last(house):
    house.send(*[event(f"event {n}", user="ada", account="acme") for n in range(7)])
    house.source.refresh_from_db()
    assert [each["event"] for each in house.source.latest] == [f"event {n}" for n in (6, 5, 4, 3, 2)]
    assert house.source.latest[0]["account"] == "acme"
    assert house.source.first_event_at is not None


def test_it_moves_on_past_empty_bodies(house):
    body = house.put_raw("native", Request("events", b"[]"))
    house.loader.load_all()
    assert house.store.position() == body


def test_it_says_how_many_bodies_it_loaded(house):
    for n in range(3):
        house.put_raw("native", Request("events", json.dumps([event("open", user=f"u{n}")]).encode()))
    assert house.loader.load_once() == 3
    assert house.loader.load_once() == 0
