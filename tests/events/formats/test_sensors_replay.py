import json

import pytest

from tenure.events.message import Message
from tests.events.formats.recorded import Recorded, name_of, requests_of

REQUESTS = requests_of("sensors")


def said_in(recorded: Recorded) -> list[dict]:
    said = recorded.said
    return said["data_list"] if "data_list" in said else [said["data"]]


def ids_of(scenario: str) -> list[list[str]]:
    requests = [recorded for recorded in REQUESTS if recorded.scenario == scenario]
    return [[message.message_id for message in recorded.messages()] for recorded in requests]


def only(scenario: str, place: int) -> Message:
    [message] = requests_of(scenario)[place].messages()
    return message


@pytest.mark.parametrize("recorded", REQUESTS, ids=name_of)
def test_it_reads_what_the_client_said(recorded: Recorded):
    for message, said in zip(recorded.messages(), said_in(recorded), strict=True):
        is_event = said["type"].startswith("track")
        assert message.name == (said["event"] if is_event else "$" + said["type"])
        assert message.time_us == said["time"] * 1000
        properties = said["properties"]
        if said["type"].startswith("item"):
            properties = {**properties, "item_type": said["item_type"], "item_id": said["item_id"]}
        else:
            assert said["distinct_id"] in {message.user_id, message.anonymous_id}
        assert json.loads(message.properties) == properties
        if said["type"] in {"profile_set", "profile_set_once"}:
            assert message.traits == {name: value for name, value in properties.items() if name != "$is_login_id"}


def test_it_reads_all_that_was_recorded():
    assert len(REQUESTS) == 84


@pytest.mark.parametrize("recorded", REQUESTS, ids=name_of)
def test_it_takes_the_token_or_else_the_project_for_the_key(recorded: Recorded):
    key = "t0ken" if "token=" in recorded.request.query else "default"
    assert recorded.wire_format.write_key(recorded.request, recorded.headers) == key


def test_it_knows_a_batch_that_python_sends_again():
    first, again, *later = ids_of("sensors_py_batch_500_then_ok")
    assert first == again and len(set(first)) == 3
    assert not {each for ids in later for each in ids} & set(first)


def test_it_knows_items_that_the_web_client_sends_again_at_another_time():
    first, second, third = requests_of("sensors_js_web_batch_500")
    flushed = [said_in(recorded)[0]["_flush_time"] for recorded in (first, second, third)]
    assert len(set(flushed)) == 3
    ids = [[message.message_id for message in recorded.messages()] for recorded in (first, second, third)]
    assert ids[0][0] == ids[1][0] and ids[1] == ids[2] and len(set(ids[2])) == 8


def test_it_tells_all_other_recorded_items_apart():
    """Nothing but what was sent again shares an id; five scenarios send one and the same call."""
    once = [s for s in {recorded.scenario for recorded in REQUESTS} if "_500" not in s and "_default_" not in s]
    ids = [
        each
        for scenario in once
        if scenario != "sensors_py_debug_consumer_400"
        for sent in ids_of(scenario)
        for each in sent
    ]
    assert len(ids) == len(set(ids)) > 100


def test_it_ties_the_anonymous_id_to_the_user_at_sign_up():
    message = only("sensors_py_default_consumer", 1)
    assert (message.kind, message.user_id, message.previous_id) == ("alias", "u_001", "anon_abc")


def test_it_takes_a_visitor_of_the_web_client_for_anonymous_until_they_log_in():
    before, at, after = (only("sensors_js_web_ajax", place) for place in (0, 2, 3))
    visitor = before.anonymous_id
    assert (before.kind, before.user_id) == ("page", "") and visitor.startswith("1a2003c9")
    assert (at.kind, at.user_id, at.previous_id) == ("alias", "u_001", visitor)
    assert (after.kind, after.user_id, after.anonymous_id) == ("track", "u_001", visitor)


def test_it_ties_a_bound_identity_to_the_user():
    bind, unbind, track, profile = (only("sensors_py_identity3", place) for place in range(4))
    assert (bind.kind, bind.user_id, bind.previous_id) == ("alias", "u_001", "$identity_email+u1@example.com")
    assert unbind.kind == "track"
    assert (track.user_id, track.previous_id) == ("u_001", "")
    assert profile.traits == {"plan": "pro"}


def test_it_takes_an_item_of_type_account_for_the_account():
    message = only("sensors_py_default_consumer", 8)
    assert (message.kind, message.group_id, message.traits) == ("item", "A-1001", {"industry": "零售", "seats": 50})


def test_it_reads_every_form_of_time():
    assert only("sensors_py_time_forms", 1).time_us == 1735718400007000


def test_it_answers_a_picture_to_the_picture_and_nothing_to_the_others():
    picture, ajax, debug = (
        requests_of(s)[0] for s in ("sensors_js_web_image", "sensors_js_web_ajax", "sensors_node_debug")
    )
    answers = [each.wire_format.accept(each.request, each.messages(), each.headers) for each in (picture, ajax, debug)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert answers[0].body.startswith(b"GIF89a") and dict(answers[0].headers)["content-type"] == "image/gif"
    assert answers[1].body == answers[2].body == b""


def test_it_does_not_store_a_dry_run():
    dry, wet = requests_of("sensors_py_debug_consumer")[0], requests_of("sensors_node_debug")[0]
    assert not dry.wire_format.stores(dry.request, dry.headers)
    assert wet.wire_format.stores(wet.request, wet.headers)
