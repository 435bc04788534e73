import gzip
import json
from typing import Any

import pytest

from tenure.events.formats.all import NATIVE
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

EVENT = {
    "id": "e1",
    "event": "Report Viewed",
    "user": "ada",
    "account": "acme",
    "time": "2025-01-01T00:00:00Z",
    "properties": {"rows": 12},
}
MESSAGE = Message(
    "track", "Report Viewed", "e1", "ada", group_id="acme", time_us=1735689600000000, properties=b'{"rows": 12}'
)


def decode(body: Any, content_type: str = "application/json") -> list[Message | Refusal]:
    return NATIVE.decode(
        Request("events", body if isinstance(body, bytes) else json.dumps(body).encode(), content_type=content_type)
    )


@pytest.mark.parametrize("body", [EVENT, [EVENT], {"events": [EVENT]}], ids=["object", "list", "events"])
def test_it_reads_every_shape(body: Any):
    assert decode(body) == [MESSAGE]


def test_it_reads_an_event_that_speaks_of_events():
    [message] = decode({**EVENT, "properties": {"events": [1]}})
    assert isinstance(message, Message) and json.loads(message.properties) == {"events": [1]}


@pytest.mark.parametrize("content_type", ["application/x-ndjson", "application/jsonl; charset=utf-8"])
def test_it_reads_lines(content_type: str):
    lines = "\n".join([json.dumps(EVENT), "", "{broken", "5", json.dumps({**EVENT, "id": "e2"})]).encode() + b"\r\n"
    first, broken, number, last = decode(lines, content_type)
    assert first == MESSAGE and last.message_id == "e2"
    assert (broken.reason, broken.raw) == (Reason.BAD_JSON, b"{broken")
    assert number.reason == Reason.NOT_AN_OBJECT


def test_it_reads_gzip():
    assert NATIVE.decode(Request("events", gzip.compress(json.dumps(EVENT).encode()), content_encoding="gzip")) == [
        MESSAGE
    ]


@pytest.mark.parametrize("body", [b"", b"5", b'"x"', b"[", b"null", b'{"events": 5}'])
def test_it_refuses_a_body_in_which_nothing_can_be_read(body: bytes):
    with pytest.raises(BadBody) as raised:
        decode(body)
    answer = NATIVE.refuse(None, raised.value)
    assert answer.status == 400 and json.loads(answer.body)["error"]["reason"] in {"bad_json", "bad_shape"}


def test_it_refuses_lines_none_of_which_is_json():
    with pytest.raises(BadBody, match="No line"):
        decode(b"a\nb\n", "application/x-ndjson")


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        ({"event": None}, "missing_name", "event: missing."),
        ({"event": ["x"]}, "bad_shape", "event: expected str | null, got array."),
        ({"user": None, "account": None}, "missing_user", "user: missing."),
        ({"user": {}}, "bad_shape", "user: expected int | float | str | null, got object."),
        (
            {"type": "click"},
            "unknown_type",
            "type: expected one of track, page, screen, identify, group, alias, got 'click'.",
        ),
        ({"type": "group", "account": None}, "bad_shape", "account: missing."),
        ({"type": "alias"}, "bad_shape", "previous: missing."),
        ({"time": "soon"}, "bad_time", "time: 'soon' is no time; write it like 2025-01-31T08:00:00Z."),
        ({"properties": "rows"}, "bad_shape", "properties: expected an object."),
        ({"traits": [1]}, "bad_shape", "traits: expected an object."),
        ({"account": "x" * 301}, "id_too_long", "account: expected str of length <= 300."),
    ],
)
def test_it_says_what_is_wrong_with_which(changes: dict, reason: str, detail: str):
    items = decode([EVENT, {**EVENT, **changes}, EVENT])
    answer = NATIVE.accept(Request("events", b""), items, {})
    assert answer.status == 200
    assert json.loads(answer.body) == {"accepted": 2, "refused": [{"place": 1, "reason": reason, "detail": detail}]}


def test_it_reads_every_type():
    said = [
        {**EVENT, "type": "page", "event": None},
        {**EVENT, "type": "identify", "traits": {"role": "admin"}, "anonymous": "visitor"},
        {"type": "group", "account": 12, "traits": {"seats": 20}},
        {"type": "alias", "user": "ada", "previous": "visitor"},
        {"event": "Invoice paid", "account": "acme"},
    ]
    page, identify, group, alias, account_event = decode(said)
    assert (page.kind, page.name) == ("page", "$pageview")
    assert (identify.kind, identify.traits, identify.anonymous_id) == ("identify", {"role": "admin"}, "visitor")
    assert (group.kind, group.group_id, group.traits) == ("group", "12", {"seats": 20})
    assert (alias.kind, alias.user_id, alias.previous_id) == ("alias", "ada", "visitor")
    assert (account_event.kind, account_event.user_id, account_event.group_id) == ("track", "", "acme")


def test_it_finds_the_key():
    request = Request("events", b"{}")
    assert NATIVE.write_key(request, {"authorization": "Bearer secret"}) == "secret"
    assert NATIVE.write_key(request, {"authorization": "Basic secret"}) == NATIVE.write_key(request, {}) == ""


def test_it_asks_a_stranger_for_a_key():
    answer = NATIVE.refuse(None, BadBody(401, Reason.UNKNOWN_KEY, "The write key is unknown."))
    assert answer.status == 401 and dict(answer.headers)["www-authenticate"].startswith("Bearer")
