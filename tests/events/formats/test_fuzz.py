"""Whatever arrives, a format gives messages and refusals or raises BadBody, soon and within bounds."""

import base64
import gzip
import json
import time
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenure.events.formats.all import FORMATS, ROUTES
from tenure.events.formats.format import Answer, WireFormat
from tenure.events.formats.item import MAX_ID, MAX_ITEM_BYTES, MAX_NAME
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason
from tests.events.formats.recorded import requests_of

MAX_DECODED = 2**20
ENDPOINTS = sorted({(wire_format.name, route) for wire_format, route in ROUTES.values()})
RECORDED = {
    name: requests_of(*beginnings)
    for name, beginnings in {"segment": ("segment", "rudder"), "sensors": ("sensors",), "posthog": ("posthog",)}.items()
}

FIELDS = sorted(
    [
        "type",
        "event",
        "name",
        "userId",
        "anonymousId",
        "groupId",
        "previousId",
        "messageId",
        "timestamp",
        "properties",
        "traits",
        "context",
        "batch",
        "writeKey",
        "distinct_id",
        "original_id",
        "login_id",
        "identities",
        "item_type",
        "item_id",
        "time",
        "_track_id",
        "uuid",
        "offset",
        "$set",
        "$groups",
        "$group_type",
        "$group_key",
        "$group_set",
        "alias",
        "api_key",
        "token",
        "sent_at",
        "$is_login_id",
        "$time",
        "id",
        "user",
        "account",
        "previous",
        "anonymous",
        "events",
    ]
)
KINDS = [
    "track",
    "identify",
    "group",
    "page",
    "alias",
    "track_signup",
    "track_id_bind",
    "profile_set",
    "item_set",
    "$groupidentify",
    "$create_alias",
]
TIMES = [
    "2025-01-01T00:00:00Z",
    "2025-01-01 08:00:00.7",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+14:00",
    "",
    "now",
    0,
    -1,
    1e300,
    10**30,
]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([*KINDS, *TIMES, "x" * 400, "\0", "\ud800"]),
)
objects = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(FIELDS), st.text(max_size=5)), inner, max_size=8),
    ),
    max_leaves=30,
)
good = st.fixed_dictionaries(
    {"type": st.sampled_from(KINDS), "event": st.sampled_from(["Opened", *KINDS]), "userId": st.just("ada")},
    optional={
        "distinct_id": st.just("ada"),
        "user": st.just("ada"),
        "properties": objects,
        "timestamp": scalars,
        "time": scalars,
    },
)
spoilt = st.builds(lambda item, field, value: {**item, field: value}, good, st.sampled_from(FIELDS), objects)
batches = st.lists(st.one_of(good, spoilt, objects), max_size=4).map(lambda batch: {"batch": batch, "events": batch})
bodies = st.one_of(objects, spoilt, st.lists(spoilt, max_size=3), batches)
packings = st.sampled_from(["plain", "gzip", "base64", "base64+gzip", "lines"])


def packed(text: bytes, packing: str, wire_format: str, route: str) -> Request:
    if wire_format == "sensors":
        data = gzip.compress(text, 1) if "gzip" in packing else text
        return Request(route, urlencode({"data_list": base64.b64encode(data)}).encode(), "token=k")
    if packing == "gzip":
        return Request(route, gzip.compress(text, 1), content_encoding="gzip")
    if packing == "base64":
        return Request(
            route,
            urlencode({"data": base64.b64encode(text)}).encode(),
            content_type="application/x-www-form-urlencoded",
        )
    return Request(route, text, content_type="application/x-ndjson" if packing == "lines" else "application/json")


def take(wire_format: WireFormat, request: Request) -> list[Message | Refusal] | BadBody:
    """All that a request goes through; checks what must hold for any."""
    headers = {"authorization": "Basic !", "dry-run": "true"}
    try:
        wire_format.write_key(request, headers, MAX_DECODED)
        checked = wire_format.check(request, MAX_DECODED)
        taken = wire_format.decode(request, MAX_DECODED)
    except BadBody as bad:
        assert bad.status in {400, 413, 415}
        assert isinstance(wire_format.refuse(request, bad), Answer)
        return bad
    assert isinstance(wire_format.accept(request, checked, headers), Answer)
    for each in taken:
        assert_sound(each)
    assert wire_format.decode(request, MAX_DECODED) == taken
    return taken


def assert_sound(item: Message | Refusal) -> None:
    if isinstance(item, Refusal):
        Reason(item.reason)
        assert item.detail and len(item.raw) <= MAX_ITEM_BYTES
        return
    assert item.kind in {"track", "page", "screen", "identify", "group", "alias", "profile", "item"}
    assert item.message_id and 0 < len(item.name) <= MAX_NAME
    for each in (
        item.user_id,
        item.anonymous_id,
        item.previous_id,
        item.group_id,
        item.name,
        *(item.groups or {}).values(),
    ):
        assert each.isprintable() or "\0" not in each
        each.encode()
        assert len(each) <= MAX_ID + 100  # Sensors' bound identities carry their name
    assert isinstance(item.time_us, int) and abs(item.time_us) < 2**62
    assert isinstance(json.loads(item.properties), dict)


@pytest.mark.parametrize(("name", "route"), ENDPOINTS)
@settings(max_examples=20, deadline=20_000)
@given(body=st.binary(max_size=300), query=st.text(max_size=40), encoding=st.sampled_from(["", "gzip", "br", "GZIP"]))
def test_it_takes_any_bytes(name, route, body, query, encoding):
    take(FORMATS[name], Request(route, body, query, "application/json", encoding))


@pytest.mark.parametrize("name", sorted(FORMATS))
@settings(max_examples=50, deadline=20_000)
@given(data=st.data(), body=bodies, packing=packings)
def test_it_takes_any_json(name, data, body, packing):
    route = data.draw(st.sampled_from([route for format_name, route in ENDPOINTS if format_name == name]))
    take(FORMATS[name], packed(json.dumps(body).encode(), packing, name, route))


@pytest.mark.parametrize("name", sorted(RECORDED))
@settings(max_examples=60, deadline=20_000)
@given(data=st.data())
def test_it_takes_real_bodies_with_a_part_changed(name, data):
    request = data.draw(st.sampled_from(RECORDED[name])).request
    body = bytearray(request.body)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body)))
        cut = data.draw(st.integers(0, 3))
        body[at : at + cut] = data.draw(st.binary(max_size=3))
    take(
        FORMATS[name],
        Request(request.route, bytes(body), request.query, request.content_type, request.content_encoding),
    )


BOMBS = {
    "zeros": gzip.compress(b"0" * (50 * 2**20)),
    "blanks in blanks": gzip.compress(gzip.compress(b" " * (50 * 2**20))),
    "many members": gzip.compress(b"[" * 1000) * 2000,
    "brackets": b"[" * 900_000,
    "objects": b'{"a":' * 150_000,
    "numbers": b'{"batch":[' + b"0," * 450_000 + b"0]}",
    "empty objects": b'{"batch":[' + b"{}," * 300_000 + b"{}]}",
    "long number": b'{"batch":[{"type":"track","time":' + b"9" * 500_000 + b"}]}",
    "escapes": b'{"batch":["' + b"\\ud800" * 50_000 + b'"]}',
    "pairs": b"a=1&" * 200_000,
    "percents": b"data=" + b"%41" * 100_000,
}


@pytest.mark.parametrize(
    ("name", "route"), [each for each in ENDPOINTS if each[1] in {"batch", "sa", "event", "events"}]
)
@pytest.mark.parametrize("bomb", BOMBS)
def test_it_refuses_bombs_soon(name, route, bomb):
    body = BOMBS[bomb]
    started = time.process_time()
    if body[:2] == b"\x1f\x8b":
        outcome = take(FORMATS[name], Request(route, body, content_encoding="gzip"))
    else:
        outcome = take(FORMATS[name], packed(body, "plain", name, route) if name == "sensors" else Request(route, body))
    assert time.process_time() - started < 2
    assert isinstance(outcome, BadBody) or all(isinstance(each, Refusal) for each in outcome)
