import json
from datetime import datetime

import pytest

from tenure.events.message import BadBody
from tests.events.formats.recorded import Recorded, name_of, requests_of

NAMES = {
    "identify": "$identify",
    "group": "$groupidentify",
    "alias": "$create_alias",
    "page": "$pageview",
    "screen": "$screen",
}
REQUESTS = requests_of("segment", "rudder")


def us(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000) * 1000


@pytest.mark.parametrize("recorded", REQUESTS, ids=name_of)
def test_it_reads_what_the_client_said(recorded: Recorded):
    messages = recorded.messages()
    for message, said in zip(messages, recorded.said["batch"], strict=True):
        context = said.get("context", {})
        assert message.kind == said["type"]
        assert message.name == said.get("event", NAMES.get(said["type"]))
        assert message.message_id == said["messageId"]
        assert message.user_id == (said.get("userId") or "")
        assert message.anonymous_id == (said.get("anonymousId") or "")
        assert message.group_id == said.get("groupId", context.get("groupId", ""))
        assert message.previous_id == said.get("previousId", "")
        assert message.time_us == us(said["timestamp"])
        assert message.traits == said.get("traits", context.get("traits"))
        properties = dict(said.get("properties", {}))
        if said["type"] in {"page", "screen"}:
            properties.setdefault("name", said["name"])
        assert json.loads(message.properties) == properties


@pytest.mark.parametrize("recorded", REQUESTS, ids=name_of)
def test_it_finds_the_key(recorded: Recorded):
    key = "rk_test" if recorded.scenario.startswith("rudder") else "wk_test_123"
    assert recorded.wire_format.write_key(recorded.request, recorded.headers) == key


def test_it_reads_all_that_was_recorded():
    assert len(REQUESTS) == 28
    events = [message for recorded in requests_of("segment_py_250") for message in recorded.messages()]
    assert len(events) == len({message.message_id for message in events}) == 250


@pytest.mark.parametrize(
    "scenario",
    ["segment_py_500_500_200", "segment_node_500_500_200", "segment_py_429_retry_after", "segment_node_429_reset"],
)
def test_it_knows_a_message_that_is_sent_again(scenario: str):
    first, *again = [[message.message_id for message in recorded.messages()] for recorded in requests_of(scenario)]
    assert again and all(ids == first for ids in again)


@pytest.mark.parametrize("recorded", REQUESTS[:1], ids=name_of)
def test_it_checks_without_decoding(recorded: Recorded):
    assert recorded.wire_format.check(recorded.request, 10**6) == ()
    with pytest.raises(BadBody, match="larger"):
        recorded.wire_format.check(recorded.request, 10)
