import base64
import gzip
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tenure.events.formats.all import POSTHOG
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

EVENT = {
    "event": "opened",
    "distinct_id": "ada",
    "uuid": "u1",
    "timestamp": "2025-01-01T00:00:00Z",
    "properties": {"$lib": "web"},
}


def decode(*events: Any, **beside: Any) -> list[Message | Refusal]:
    return POSTHOG.decode(Request("batch", json.dumps({"api_key": "k", "batch": events, **beside}).encode()))


def only(**changes: Any) -> Message | Refusal:
    [item] = decode({**EVENT, **changes})
    return item


SINGLE = json.dumps({**EVENT, "api_key": "k"}).encode()
LIST = json.dumps([{**EVENT, "properties": {"$lib": "web", "token": "k"}}]).encode()
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "request_",
    [
        Request("batch", json.dumps({"api_key": "k", "batch": [EVENT]}).encode()),
        Request("event", SINGLE),
        Request("event", LIST),
        Request("event", json.dumps({"api_key": "k", "batch": [EVENT]}).encode()),
        Request("event", gzip.compress(SINGLE), "compression=gzip-js", "text/plain"),
        Request("batch", gzip.compress(LIST), content_encoding="gzip"),
        Request("event", urlencode({"data": base64.b64encode(SINGLE)}).encode(), "compression=base64", FORM),
        Request("event", urlencode({"data": base64.b64encode(LIST)}).encode(), "", FORM),
    ],
    ids=range(8),
)
def test_it_reads_every_packing(request_: Request):
    [message] = POSTHOG.decode(request_)
    assert (message.name, message.user_id, message.message_id, message.time_us) == (
        "opened",
        "ada",
        "u1",
        1735689600000000,
    )
    assert POSTHOG.write_key(request_, {}) == "k"


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        ({"event": None}, Reason.MISSING_NAME, "event: missing"),
        ({"distinct_id": None}, Reason.MISSING_USER, "distinct_id: missing"),
        ({"properties": [1]}, Reason.BAD_SHAPE, "properties: expected an object"),
        ({"properties": {"$groups": ["acme"]}}, Reason.BAD_SHAPE, "properties.$groups: "),
        ({"timestamp": "never"}, Reason.BAD_TIME, "timestamp: "),
        ({"$set": 5}, Reason.BAD_SHAPE, "$set: expected an object"),
        ({"event": "$groupidentify"}, Reason.BAD_SHAPE, "properties.$group_type: missing"),
        ({"event": "$create_alias"}, Reason.BAD_SHAPE, "properties.alias: missing"),
    ],
)
def test_it_refuses_one_event_and_takes_the_others(changes: dict, reason: Reason, detail: str):
    good, bad = decode(EVENT, {**EVENT, **changes})
    assert good == only()
    assert isinstance(bad, Refusal) and bad.reason == reason and detail in bad.detail


def test_it_finds_the_key_beside_bad_events():
    body = json.dumps({"api_key": "k", "batch": [5, {"properties": 6}]}).encode()
    assert POSTHOG.write_key(Request("batch", body), {}) == "k"


@pytest.mark.parametrize("body", [b"", b"nonsense", b"data=***", b'{"api_key":"k","batch":5}', b"5"])
def test_it_refuses_a_body_nobody_can_read(body: bytes):
    with pytest.raises(BadBody) as raised:
        POSTHOG.decode(Request("batch", body))
    answer = POSTHOG.refuse(None, raised.value)
    assert answer.status == 400 and json.loads(answer.body)["detail"]


def test_it_ties_the_visitor_to_the_user_who_identifies():
    message = only(event="$identify", properties={"$anon_distinct_id": "visitor", "$set": {"role": "admin"}})
    assert (message.kind, message.user_id, message.anonymous_id, message.traits) == (
        "identify",
        "ada",
        "visitor",
        {"role": "admin"},
    )


def test_it_takes_a_browser_s_unidentified_visitor_for_anonymous():
    message = only(properties={"$is_identified": False})
    assert (message.user_id, message.anonymous_id) == ("", "ada")


def test_it_keeps_the_user_of_a_group_call_who_is_in_the_group():
    group = {"$group_type": "company", "$group_key": "acme", "$group_set": {"plan": "pro"}}
    assert only(event="$groupidentify", properties=group).user_id == ""
    member = only(event="$groupidentify", properties={**group, "$groups": {"company": "acme", "team": 5}})
    assert (member.user_id, member.groups, member.traits) == ("ada", {"company": "acme"}, {"plan": "pro"})


def test_it_reads_several_groups():
    assert only(properties={"$groups": {"company": "acme", "team": 5, "none": None}}).groups == {
        "company": "acme",
        "team": "5",
    }


def test_it_counts_an_offset_back_from_when_the_body_was_sent():
    event = {**EVENT, "offset": 1500}
    del event["timestamp"]
    [in_body] = decode(event, sent_at="2025-01-01T00:00:00Z")
    [in_query] = POSTHOG.decode(Request("event", json.dumps(event).encode(), "ip=1&_=1735689600000"))
    assert in_body.time_us == in_query.time_us == 1735689598500000


def test_it_merges_into_the_id_that_stays():
    alias = only(event="$create_alias", properties={"alias": "ada@example.com"})
    merge = only(event="$merge_dangerously", properties={"alias": "old"})
    assert (alias.user_id, alias.previous_id) == ("ada@example.com", "ada")
    assert (merge.user_id, merge.previous_id) == ("ada", "old")


def test_it_answers_clients_that_ask_for_feature_flags():
    request = Request("flags", b'{"token":"k","distinct_id":"ada"}', "v=2")
    assert POSTHOG.write_key(request, {}) == "k" and POSTHOG.decode(request) == [] and not POSTHOG.stores(request, {})
    flags = json.loads(POSTHOG.accept(request, [], {}).body)
    assert flags["featureFlags"] == {} and flags["errorsWhileComputingFlags"] is False
