import json
from datetime import datetime

import pytest

from tests.events.formats.recorded import Recorded, name_of, requests_of

REQUESTS = requests_of("posthog")


def us(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000) * 1000


@pytest.mark.parametrize("recorded", REQUESTS, ids=name_of)
def test_it_reads_what_the_client_said(recorded: Recorded):
    for message, said in zip(recorded.messages(), recorded.said["batch"], strict=True):
        assert message.name == said["event"]
        assert message.message_id == said["uuid"]
        assert message.time_us == us(said["timestamp"])
        properties = said["properties"]
        assert json.loads(message.properties) == properties
        if said["event"] == "$groupidentify":
            assert message.groups == {properties["$group_type"]: properties["$group_key"]}
            assert message.traits == properties["$group_set"]
            assert message.user_id == message.anonymous_id == ""  # made up by the client
        else:
            assert said["distinct_id"] in {message.user_id, message.anonymous_id, message.previous_id}
            assert message.groups == properties.get("$groups")
            own = properties.get("$set") or said.get("$set") or said.get("$set_once")
            assert message.traits == own


@pytest.mark.parametrize("recorded", REQUESTS, ids=name_of)
def test_it_finds_the_key_in_the_body(recorded: Recorded):
    assert recorded.wire_format.write_key(recorded.request, recorded.headers) == "phc_test_key"


def test_it_reads_all_that_was_recorded():
    assert len(REQUESTS) == 16


@pytest.mark.parametrize(
    "scenario", ["posthog_py_500_500_200", "posthog_node_500_500_200", "posthog_py_429", "posthog_py_close"]
)
def test_it_knows_a_message_that_is_sent_again(scenario: str):
    first, *again = [[message.message_id for message in recorded.messages()] for recorded in requests_of(scenario)]
    assert again and all(ids == first for ids in again)


def test_it_ties_an_alias_to_the_id_it_is_for():
    alias = next(message for message in requests_of("posthog_py_basic")[0].messages() if message.kind == "alias")
    assert (alias.user_id, alias.previous_id) == ("u_001", "anon_abc")


def test_it_takes_someone_without_a_profile_for_anonymous():
    nobody = requests_of("posthog_py_basic")[0].messages()[-1]
    assert nobody.user_id == "" and nobody.anonymous_id == "84bb6532-66f0-4034-971e-1df2acd4f78d"
