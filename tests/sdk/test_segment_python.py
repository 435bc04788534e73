from datetime import UTC, datetime

import pytest
from rudderstack.analytics.client import Client as RudderClient
from segment.analytics.client import Client

from tests.events.receive.conftest import KEY

WHEN = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("zipped", [False, True])
def test_it_takes_all_calls(url, arrived, zipped):
    client = Client(KEY, host=url, gzip=zipped, upload_interval=0.1)
    client.identify("ada", {"role": "admin"}, timestamp=WHEN)
    client.group("ada", "acme", {"seats": 20}, timestamp=WHEN)
    client.track("ada", "Report Viewed", {"rows": 12}, context={"groupId": "acme"}, timestamp=WHEN)
    client.page("ada", "Docs", "Pricing", timestamp=WHEN)
    client.screen("ada", "App", "Home", timestamp=WHEN)
    client.alias("visitor", "ada", timestamp=WHEN)
    client.join()
    identify, group, track, page, screen, alias = arrived()
    assert identify.traits == {"role": "admin"}
    assert (group.group_id, group.traits) == ("acme", {"seats": 20})
    assert (track.name, track.user_id, track.group_id, track.properties) == (
        "Report Viewed",
        "ada",
        "acme",
        b'{"rows": 12}',
    )
    assert (page.name, screen.name) == ("$pageview", "$screen")
    assert (alias.user_id, alias.previous_id) == ("ada", "visitor")
    assert {message.time_us for message in arrived()} == {1735689600000000}


def test_it_takes_rudderstack_s_calls(url, arrived):
    client = RudderClient(KEY, host=url, upload_interval=0.1)
    client.identify("ada", {"role": "admin"})
    client.group("ada", "acme", {"seats": 20})
    client.track("ada", "Report Viewed", {"rows": 12})
    client.join()
    identify, group, track = arrived()
    assert identify.traits == {"role": "admin"}
    assert (group.group_id, group.traits) == ("acme", {"seats": 20})
    assert (track.name, track.user_id) == ("Report Viewed", "ada")


def test_it_tells_the_client_of_a_wrong_key(url, arrived):
    errors = []
    client = Client("guess", host=url, upload_interval=0.1, on_error=lambda error, batch: errors.append(error))
    client.track("ada", "Report Viewed")
    client.join()
    [error] = errors
    assert (error.status, error.code) == (401, "unknown_key") and arrived() == []


@pytest.mark.slow
def test_it_loses_nothing_while_the_disk_is_full(server, url, arrived, monkeypatch):
    room = iter([False])
    monkeypatch.setattr(server.receiver._disk, "enough", lambda: next(room, True))
    client = Client(KEY, host=url, upload_interval=0.1)
    client.track("ada", "Report Viewed")
    client.flush()  # waits; join alone gives up what must be sent again
    client.join()
    assert [message.name for message in arrived()] == ["Report Viewed"]
