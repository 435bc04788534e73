"""The loader takes erased people out of what goes on arriving."""

import json

import pytest

from tenure.accounts.erased import ErasedIds, digest
from tenure.accounts.models import ErasedId, Identity, User, UserLink
from tenure.events.attribution import AccountRule
from tenure.events.columns import Columns
from tenure.events.erasing import erase_items, erase_refusal
from tenure.events.formats.kept import Kept, encode
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.models import QuarantinedItem
from tenure.lib import clock
from tenure.warehouse.store import EventFilter

KNOWN = {"id": "m1", "event": "open", "user": "ada", "account": "acme", "properties": {"to": "ada@acme.example"}}


@pytest.fixture
def erased(db):
    """The ids "ada" and "browser-1", before anything of them came."""
    for text, token in (("ada", "erased:1"), ("browser-1", "erased:2")):
        ErasedId.objects.create(digest=digest(text), erased_as=token, erased_at=clock.now())


def properties(house):
    return [row.properties for row in house.store.events(EventFilter())]


def test_it_loads_their_events_under_the_erased_id_and_without_properties(house, erased):
    house.send(KNOWN, {**KNOWN, "id": "m2", "user": "bob"})
    assert sorted(house.events()) == [("open", "acme", "bob"), ("open", "acme", "erased:1")]
    assert sorted(properties(house)) == ['{"to": "ada@acme.example"}', "{}"]
    assert not Identity.objects.filter(external_id="ada").exists()


def test_it_keeps_the_account_that_only_a_property_names(house, erased):
    house.send({"event": "open", "user": "ada", "properties": {"account_id": "acme", "note": "x"}})
    assert house.events() == [("open", "acme", "erased:1")]


def test_it_learns_where_they_belong_but_nothing_about_them(house, erased):
    house.send({"type": "identify", "user": "ada", "traits": {"name": "Ada", "company": {"id": "acme", "boss": "Ada"}}})
    assert UserLink.objects.get().account.external_id == "acme"
    user = User.objects.get()
    assert (user.name, user.email, user.traits) == ("", "", {})


def test_it_does_not_learn_the_new_browser_of_an_erased_user(house, erased):
    house.send({**KNOWN, "anonymous": "browser-9"}, {"type": "alias", "user": "ada", "previous": "old-ada"})
    house.send({**KNOWN, "id": "m3", "user": "bob", "anonymous": "browser-1"})
    assert set(Identity.objects.values_list("external_id", flat=True)) == {"erased:1", "erased:2", "bob"}


def test_it_sees_who_was_erased_since_the_last_batch(house, db):
    house.send(KNOWN)
    ErasedId.objects.create(digest=digest("ada"), erased_as="erased:1", erased_at=clock.now())
    Identity.objects.filter(external_id="ada").update(external_id="erased:1")
    house.send({**KNOWN, "id": "m2"}, KNOWN)
    assert house.events() == [("open", "acme", "erased:1")] * 2


def test_it_empties_what_a_rebuilt_warehouse_holds(house, db):
    house.send(KNOWN)
    ErasedId.objects.create(digest=digest("ada"), erased_as="erased:1", erased_at=clock.now())
    Identity.objects.filter(external_id="ada").update(external_id="erased:1")
    house.restart()
    house.loader.load_all()
    assert properties(house) == ["{}"]


def test_it_keeps_no_text_of_a_refused_item_that_names_them(house, erased):
    house.put({"event": "open", "user": "ada", "time": "never"}, {"event": "open", "user": "adam", "time": "never"})
    house.loader.load_all()
    assert [("ada" in row.raw, row.raw == "[erased]") for row in QuarantinedItem.objects.order_by("place")] == [
        (False, True),
        (True, False),
    ]
    hidden = Refusal("bad_time", "", rb'{"user":"\u0061da"}')
    assert erase_refusal(hidden, ErasedIds.read()).raw == b"[erased]"


def test_it_gives_the_same_items_when_done_twice(erased):
    items = Columns.of([Message("track", "open", "m", "ada", "browser-1", "acme", properties=b'{"a":1}')])
    rule = AccountRule()
    erase_items(items, rule, ErasedIds.read())
    once = items.message(0)
    erase_items(items, rule, ErasedIds.read())
    assert items.message(0) == once
    assert (once.user_id, once.anonymous_id, once.properties) == ("erased:1", "erased:2", b"{}")


def test_it_gives_back_what_was_kept():
    items = [
        Message("track", "open", "m", "ada", properties=b'{"n":123456789012345678901234567890}'),
        Refusal("bad_time", "no", b"\xff raw"),
        Message("identify", "$identify", "#1", "ada", traits={"n": 10**30, "名": "值"}, groups={"company": "a"}),
    ]
    assert Kept().decode(Request("batch", encode(items))) == items


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b"[1]", json.dumps([{"message": 1}]).encode()])
def test_it_refuses_what_it_did_not_keep(body):
    with pytest.raises(BadBody):
        Kept().decode(Request("batch", body))
