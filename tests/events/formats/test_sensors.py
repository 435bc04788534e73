import base64
import gzip
import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tenure.events.formats.all import SENSORS
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

TRACK = {"type": "track", "event": "Opened", "distinct_id": "ada", "time": 1735689600123, "properties": {"rows": 1}}


def body(said: Any, field: str = "data_list", zipped: bool = True) -> bytes:
    data = json.dumps(said).encode()
    return urlencode({field: base64.b64encode(gzip.compress(data) if zipped else data)}).encode()


def decode(*items: Any, route: str = "sa") -> list[Message | Refusal]:
    return SENSORS.decode(Request(route, body(items)))


def only(**changes: Any) -> Message | Refusal:
    [item] = decode({**TRACK, **changes})
    return item


@pytest.mark.parametrize(
    "request_",
    [
        Request("sa", body(TRACK, "data")),
        Request("sa", body([TRACK])),
        Request("sa", body(TRACK, "data", zipped=False)),
        Request("sa", b"", body(TRACK, "data").decode()),
        Request("sa", body([TRACK]) + b"&gzip=1&ext=crc%3D-12"),
        Request("sa", b"data=" + base64.b64encode(json.dumps(TRACK).encode())),  # not percent-encoded
        Request("sa", b"data=" + quote(json.dumps(TRACK)).encode()),  # not even base64
        Request("sa", gzip.compress(body([TRACK])), content_encoding="gzip"),
    ],
    ids=range(8),
)
def test_it_reads_every_packing(request_: Request):
    [message] = SENSORS.decode(request_)
    assert message == only()
    assert (message.kind, message.name, message.user_id, message.time_us) == (
        "track",
        "Opened",
        "ada",
        1735689600123000,
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "profile_wipe"}, Reason.UNKNOWN_TYPE),
        ({"type": None}, Reason.UNKNOWN_TYPE),
        ({"event": None}, Reason.MISSING_NAME),
        ({"event": "x" * 201}, Reason.NAME_TOO_LONG),
        ({"distinct_id": ""}, Reason.MISSING_USER),
        ({"distinct_id": "x" * 301}, Reason.ID_TOO_LONG),
        ({"time": "soon"}, Reason.BAD_TIME),
        ({"time": {}}, Reason.BAD_SHAPE),
        ({"time": None, "properties": {"$time": True}}, Reason.BAD_TIME),
        ({"properties": "none"}, Reason.BAD_SHAPE),
        ({"identities": []}, Reason.BAD_SHAPE),
        ({"type": "track_signup", "event": "$SignUp"}, Reason.BAD_SHAPE),
        ({"type": "item_set", "item_type": "account"}, Reason.BAD_SHAPE),
    ],
)
def test_it_refuses_one_item_and_takes_the_others(changes: dict, reason: Reason):
    good, bad = decode(TRACK, {**TRACK, **changes})
    assert good == only()
    assert isinstance(bad, Refusal) and bad.reason == reason and bad.detail


@pytest.mark.parametrize(
    "data",
    [
        b"data=***",
        b"data=" + base64.b64encode(gzip.compress(b"{}" * 99, mtime=0)[:-12]),
        b"data=",
        b"gzip=1",
        b"",
        b"data=bm90IGpzb24=",
    ],
)
def test_it_refuses_a_body_nobody_can_read(data: bytes):
    for work in (SENSORS.decode, SENSORS.check):
        with pytest.raises(BadBody) as raised:
            work(Request("sa", data), 10**6)
        assert SENSORS.refuse(None, raised.value).status == 400


def test_it_refuses_a_bomb_inside_base64():
    bomb = urlencode({"data": base64.b64encode(gzip.compress(b" " * 10**7))}).encode()
    with pytest.raises(BadBody) as raised:
        SENSORS.decode(Request("sa", bomb), 10**6)
    assert raised.value.status == 413


@pytest.mark.parametrize(
    ("changes", "user_id", "anonymous_id"),
    [
        ({"properties": {"$is_login_id": True}}, "ada", ""),
        ({}, "ada", ""),
        ({"anonymous_id": "ada"}, "", "ada"),
        ({"login_id": "ada", "anonymous_id": "cookie"}, "ada", "cookie"),
        ({"identities": {"$identity_login_id": "bob"}}, "bob", ""),
        ({"identities": {"$identity_anonymous_id": "cookie"}}, "", "ada"),
        ({"identities": {"$identity_login_id": ["bob", "rob"], "$identity_email": 5}}, "bob", ""),
    ],
)
def test_it_tells_users_from_visitors(changes: dict, user_id: str, anonymous_id: str):
    message = only(**changes)
    assert (message.user_id, message.anonymous_id) == (user_id, anonymous_id)


def test_it_takes_the_time_from_the_properties_when_the_item_has_none():
    text = {"$time": "2025-01-01 08:00:00.7", "$timezone_offset": -480}  # minutes west, as JavaScript counts
    assert only(time=None, properties=text).time_us == 1735689600007000
    assert only(time=None, properties={"$time": 1735689600007}).time_us == 1735689600007000
    assert only(time=None).time_us == 0


def test_it_knows_an_item_without_a_number_by_what_it_says():
    lib = {"lib": {"$lib_detail": "elsewhere"}, "_flush_time": 5}
    assert only() == only(**lib) and only().message_id != only(time=1735689600124).message_id
    assert len({message.message_id for message in decode(TRACK, TRACK)}) == 2


def test_it_knows_a_numbered_item_by_its_number():
    assert only(_track_id=7).message_id == only(_track_id=7, properties={"rows": 2}).message_id
    assert only(_track_id=7).message_id != only(_track_id=8).message_id


def test_it_says_on_debug_what_is_wrong():
    items = decode(TRACK, {**TRACK, "time": "soon"}, route="debug")
    answer = SENSORS.accept(Request("debug", b"data=x"), items, {})
    assert answer.status == 400
    [refused] = json.loads(answer.body)["refused"]
    assert (refused["place"], refused["reason"]) == (1, "bad_time") and "'soon'" in refused["detail"]


def test_it_answers_200_elsewhere_whatever_single_items_are_like():
    """Anything else makes its clients stop, or send the whole batch again."""
    items = decode(TRACK, {**TRACK, "time": "soon"})
    assert SENSORS.accept(Request("sa", b"data=x"), items, {}).status == 200
