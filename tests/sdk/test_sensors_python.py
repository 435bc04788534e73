from datetime import datetime
from functools import partial

import pytest
from sensorsanalytics import AsyncBatchConsumer, BatchConsumer, DebugConsumer, DefaultConsumer, SensorsAnalytics
from sensorsanalytics.sdk import SensorsAnalyticsDebugException, SensorsAnalyticsNetworkException

WHEN = datetime(2025, 1, 1, 8, 0, 0, 7000)  # noqa: DTZ001 - the client takes local times without a zone


def say_all(sa: SensorsAnalytics) -> None:
    sa.track("ada", "ViewReport", {"account_id": "acme", "$time": WHEN}, is_login_id=True)
    sa.track_signup("ada", "visitor")
    sa.profile_set("ada", {"role": "admin"}, is_login_id=True)
    sa.profile_increment("ada", {"logins": 3}, is_login_id=True)
    sa.item_set("account", "acme", {"seats": 20})
    sa.close()


def assert_all(messages: list) -> None:
    track, signup, profile, increment, item = messages
    assert (track.name, track.user_id) == ("ViewReport", "ada")
    assert track.time_us == int(WHEN.timestamp() * 1_000_000)
    assert (signup.user_id, signup.previous_id) == ("ada", "visitor")
    assert profile.traits == {"role": "admin"} and increment.traits is None
    assert (item.group_id, item.traits) == ("acme", {"seats": 20})


@pytest.mark.parametrize(
    "consumer",
    [DefaultConsumer, BatchConsumer, partial(AsyncBatchConsumer, flush_max_time=0.2), DebugConsumer],
    ids=["default", "batch", "async", "debug"],
)
def test_it_takes_all_calls(sensors_url, arrived, consumer):
    say_all(SensorsAnalytics(consumer(sensors_url)))
    assert_all(arrived())


def test_it_keeps_nothing_of_a_dry_run(sensors_url, arrived):
    say_all(SensorsAnalytics(DebugConsumer(sensors_url, write_data=False)))
    assert arrived() == []


def test_it_tells_the_debugging_client_what_is_wrong(sensors_url, capsys):
    with pytest.raises(SensorsAnalyticsDebugException):
        DebugConsumer(sensors_url).send(
            '{"type": "track", "event": "ViewReport", "distinct_id": "ada", "time": "soon"}'
        )
    assert "bad_time" in capsys.readouterr().out


def test_it_tells_the_client_of_a_wrong_key(url, arrived):
    sa = SensorsAnalytics(DefaultConsumer(f"{url}/sa?token=guess"))
    with pytest.raises(SensorsAnalyticsNetworkException, match="401"):
        sa.track("ada", "ViewReport")
    assert arrived() == []


def test_it_counts_a_batch_that_is_sent_again_once(server, sensors_url, arrived, monkeypatch):
    room = iter([False])
    monkeypatch.setattr(server.receiver._disk, "enough", lambda: next(room, True))
    sa = SensorsAnalytics(BatchConsumer(sensors_url, max_size=2))
    sa.track("ada", "ViewReport", {"n": 1})
    with pytest.raises(SensorsAnalyticsNetworkException, match="503"):
        sa.track("ada", "ViewReport", {"n": 2})
    sa.flush()
    assert [message.properties.count(b'"n"') for message in arrived()] == [1, 1]
