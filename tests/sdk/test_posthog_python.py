import pytest
from posthog import Posthog

from tests.events.receive.conftest import KEY


def client_of(url: str, key: str = KEY, **options) -> Posthog:
    return Posthog(key, host=url, flush_interval=0.1, **options)


@pytest.mark.parametrize("zipped", [False, True])
def test_it_takes_all_calls(url, arrived, zipped):
    posthog = client_of(url, gzip=zipped)
    posthog.set(distinct_id="ada", properties={"role": "admin"})
    posthog.group_identify("company", "acme", {"seats": 20})
    posthog.capture("report viewed", distinct_id="ada", properties={"rows": 12}, groups={"company": "acme"})
    posthog.alias("visitor", "ada")
    posthog.shutdown()
    user, group, track, alias = arrived()
    assert (user.kind, user.user_id, user.traits) == ("identify", "ada", {"role": "admin"})
    assert (group.kind, group.user_id, group.groups, group.traits) == ("group", "", {"company": "acme"}, {"seats": 20})
    assert (track.name, track.user_id, track.groups) == ("report viewed", "ada", {"company": "acme"})
    assert (alias.user_id, alias.previous_id) == ("ada", "visitor")


def test_it_tells_the_client_that_there_are_no_flags(url):
    posthog = client_of(url)
    assert not posthog.evaluate_flags("ada").is_enabled("new-editor")
    posthog.shutdown()


def test_it_tells_the_client_of_a_wrong_key(url, arrived):
    errors = []
    posthog = client_of(url, "guess", on_error=lambda error, batch: errors.append(error))
    posthog.capture("report viewed", distinct_id="ada")
    posthog.shutdown()
    [error] = errors
    assert error.status == 401 and "write key" in error.message and arrived() == []


@pytest.mark.slow
def test_it_loses_nothing_while_the_disk_is_full(server, url, arrived, monkeypatch):
    room = iter([False])
    monkeypatch.setattr(server.receiver._disk, "enough", lambda: next(room, True))
    posthog = client_of(url)
    posthog.capture("report viewed", distinct_id="ada")
    posthog.shutdown()
    assert [message.name for message in arrived()] == ["report viewed"]
