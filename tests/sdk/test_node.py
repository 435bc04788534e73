import pytest

from tests.events.receive.conftest import KEY

pytestmark = pytest.mark.slow
WHEN_US = 1735689600123000


def test_it_takes_segment_s_calls(run_node, url, arrived):
    run_node("segment.js", url, KEY)
    identify, group, track, page, screen, alias = arrived()
    assert identify.traits == {"role": "admin"}
    assert (group.group_id, group.traits) == ("acme", {"seats": 20})
    assert (track.name, track.user_id, track.group_id) == ("Report Viewed", "ada", "acme")
    assert (page.name, screen.name) == ("$pageview", "$screen")
    assert (alias.user_id, alias.previous_id) == ("ada", "visitor")
    assert {message.time_us for message in arrived()} == {WHEN_US}


def test_it_takes_rudderstack_s_calls(run_node, url, arrived):
    run_node("rudder.js", url, KEY)
    by_kind = {message.kind: message for message in arrived()}
    assert by_kind["identify"].traits == {"role": "admin"}
    assert by_kind["group"].group_id == "acme"
    assert (by_kind["track"].name, by_kind["track"].time_us) == ("Report Viewed", WHEN_US)


def test_it_takes_posthog_s_calls(run_node, url, arrived):
    run_node("posthog.js", url, KEY)
    by_kind = {message.kind: message for message in arrived()}
    assert (by_kind["identify"].user_id, by_kind["identify"].traits) == ("ada", {"role": "admin"})
    assert (by_kind["group"].user_id, by_kind["group"].groups, by_kind["group"].traits) == (
        "",
        {"company": "acme"},
        {"seats": 20},
    )
    assert (by_kind["track"].groups, by_kind["track"].time_us) == ({"company": "acme"}, WHEN_US)
    assert (by_kind["alias"].user_id, by_kind["alias"].previous_id) == ("ada", "visitor")


def test_it_takes_sensors_calls(run_node, sensors_url, arrived):
    run_node("sensors.js", sensors_url)
    by_kind = {message.kind: message for message in arrived()}
    assert (by_kind["track"].name, by_kind["track"].user_id, by_kind["track"].time_us) == ("ViewReport", "ada", WHEN_US)
    assert (by_kind["alias"].user_id, by_kind["alias"].previous_id) == ("ada", "visitor")
    assert by_kind["profile"].traits["role"] == "admin"
