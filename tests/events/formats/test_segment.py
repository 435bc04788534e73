import base64
import json
from typing import Any

import pytest

from tenure.events.formats.all import SEGMENT
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

TRACK = {"type": "track", "event": "Opened", "userId": "ada", "messageId": "m1", "timestamp": "2025-01-01T00:00:00Z"}


def decode(*items: Any) -> list[Message | Refusal]:
    return SEGMENT.decode(Request("batch", json.dumps({"batch": items}).encode()))


def only(**changes: Any) -> Message | Refusal:
    [item] = decode({**TRACK, **changes})
    return item


def test_it_reads_a_track_call():
    message = only(properties={"rows": 1}, context={"groupId": "acme"})
    assert message == Message(
        "track", "Opened", "m1", "ada", group_id="acme", time_us=1735689600000000, properties=b'{"rows": 1}'
    )


def test_it_takes_null_for_absent():
    absent = dict.fromkeys(["anonymousId", "properties", "context", "traits", "name"])
    assert only(**absent) == only()


def test_it_takes_numbers_for_ids():
    assert only(userId=12, messageId=7.0, groupId=1.5) == only(userId="12", messageId="7", groupId="1.5")


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        ({"type": "tracks"}, Reason.UNKNOWN_TYPE, "type: expected one of alias"),
        ({"type": None}, Reason.UNKNOWN_TYPE, "got 'none'"),
        ({"event": ""}, Reason.MISSING_NAME, "event: missing"),
        ({"event": 5}, Reason.BAD_SHAPE, "event: expected str | null, got int"),
        ({"event": "x" * 201}, Reason.NAME_TOO_LONG, "event: "),
        ({"userId": ""}, Reason.MISSING_USER, "userId: missing"),
        ({"userId": {"id": 1}}, Reason.BAD_SHAPE, "userId: "),
        ({"userId": "x" * 301}, Reason.ID_TOO_LONG, "userId: "),
        ({"userId": 10**301}, Reason.ID_TOO_LONG, "digits"),
        ({"messageId": "x" * 301}, Reason.ID_TOO_LONG, "messageId: "),
        ({"timestamp": "yesterday"}, Reason.BAD_TIME, "timestamp: 'yesterday' is no time"),
        ({"timestamp": [1]}, Reason.BAD_SHAPE, "timestamp: "),
        ({"properties": []}, Reason.BAD_SHAPE, "properties: expected an object"),
        ({"properties": {"a": "x" * 33_000}}, Reason.ITEM_TOO_LARGE, "properties: 33"),
        ({"properties": dict.fromkeys(map(str, range(201)), "12")}, Reason.TOO_MANY_PROPERTIES, "more than 200"),
        ({"context": "web"}, Reason.BAD_SHAPE, "context: "),
        ({"context": {"groupId": []}}, Reason.BAD_SHAPE, "context.groupId: "),
        ({"type": "identify", "traits": "admin"}, Reason.BAD_SHAPE, "traits: expected an object"),
        ({"type": "group"}, Reason.BAD_SHAPE, "groupId: missing"),
        ({"type": "alias"}, Reason.BAD_SHAPE, "previousId: missing"),
    ],
)
def test_it_refuses_one_item_and_takes_the_others(changes: dict, reason: Reason, detail: str):
    good, bad, other = decode(TRACK, {**TRACK, **changes}, {**TRACK, "messageId": "m2"})
    assert good == only() and other == only(messageId="m2")
    assert isinstance(bad, Refusal)
    assert bad.reason == reason and detail in bad.detail
    assert json.dumps({**TRACK, **changes}).encode().startswith(bad.raw) and bad.raw


def test_it_refuses_what_is_no_object():
    assert [item.reason for item in decode(5, "x", None, []) if isinstance(item, Refusal)] == [Reason.NOT_AN_OBJECT] * 4


def nested(depth: int) -> Any:
    return {"a": nested(depth - 1)} if depth > 1 else 1


def test_it_takes_properties_nested_up_to_the_limit():
    assert isinstance(only(properties=nested(33)), Message)  # 32 objects in each other
    deeper = only(properties=nested(34))
    assert isinstance(deeper, Refusal) and "nested deeper than 32" in deeper.detail
    assert isinstance(only(properties={str(n): {"deep": "{[" * 40} for n in range(40)}), Message)


def test_it_takes_all_that_is_within_the_limits():
    many = dict.fromkeys(map(str, range(200)), ", ")
    message = only(event="é" * 200, userId="é" * 300, properties=many)
    assert isinstance(message, Message) and json.loads(message.properties) == many


def test_it_knows_a_message_without_an_id_by_what_it_says():
    first = only(messageId=None, properties={"rows": 1})
    assert first.message_id.startswith("#")
    assert first == only(messageId=None, properties={"rows": 1}, sentAt="later", integrations={"x": True})
    assert first.message_id != only(messageId=None, properties={"rows": 2}).message_id


def test_it_tells_alike_messages_of_one_body_apart():
    item = {**TRACK, "messageId": None}
    ids = [message.message_id for message in decode(item, item, item)]
    assert len(set(ids)) == 3 and ids == [message.message_id for message in decode(item, item, item)]
    assert len({message.message_id for message in decode(TRACK, TRACK)}) == 1  # these say that they are the same


def test_it_marks_a_message_with_neither_id_nor_time():
    assert only(messageId=None, timestamp=None).message_id.startswith("~")


@pytest.mark.parametrize("own", ["#1", "~1", "=1"])
def test_it_never_takes_an_own_id_for_a_hash(own: str):
    assert only(messageId=own).message_id == "=" + own


@pytest.mark.parametrize("kind", ["track", "identify", "group", "page", "screen", "alias"])
def test_it_reads_single_calls(kind: str):
    said = {**TRACK, "groupId": "acme", "previousId": "a1"}
    del said["type"]
    [message] = SEGMENT.decode(Request(kind, json.dumps(said).encode()))
    assert isinstance(message, Message) and (message.kind, message.user_id) == (kind, "ada")


def test_it_keeps_a_page_s_name_with_its_properties():
    [plain, named] = decode(
        {**TRACK, "type": "page", "name": "Home"},
        {**TRACK, "type": "page", "name": "Home", "properties": {"name": "Own", "x": {"name": 1}}},
    )
    assert (plain.name, json.loads(plain.properties)) == ("$pageview", {"name": "Home"})
    assert json.loads(named.properties) == {"name": "Own", "x": {"name": 1}}


@pytest.mark.parametrize("body", [b"", b"[]", b"5", b'{"batch":{}}', b'{"batch":[}', b"{}", b'{"batch":null}'])
def test_it_refuses_a_body_that_is_no_batch(body: bytes):
    with pytest.raises(BadBody) as raised:
        SEGMENT.decode(Request("batch", body))
    answer = SEGMENT.refuse(None, raised.value)
    assert answer.status == 400 and json.loads(answer.body)["code"] in {"bad_json", "bad_shape"}


def key(authorization: str = "", body: bytes = b"{}") -> str:
    return SEGMENT.write_key(Request("batch", body), {"authorization": authorization} if authorization else {})


def test_it_finds_the_key():
    basic = base64.b64encode(b"secret:").decode()
    assert key(f"Basic {basic}") == key(f"basic {basic}", b'{"writeKey":"other"}') == "secret"
    assert key(body=b'{"writeKey":"browser"}') == key("Basic ***", b'{"writeKey":"browser"}') == "browser"
    assert key() == key("Bearer x") == key(body=b'{"writeKey":5}') == key(body=b"[]") == ""


def test_it_says_when_to_come_back():
    answer = SEGMENT.busy(5)
    assert answer.status == 503 and dict(answer.headers)["retry-after"] == "5"
