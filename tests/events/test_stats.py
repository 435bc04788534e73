"""How much there is."""

from tenure.events.stats import read_stats


def test_it_counts_what_is_there_and_what_waits(house):
    day = "2026-03-01T10:00:00Z"
    house.send(
        {"event": "open", "user": "ada", "account": "acme", "time": day},
        {"event": "open", "anonymous": "a1", "time": day},
        {"type": "identify", "user": "ada", "anonymous": "a1", "time": day},
        {"event": "lost", "time": day},
    )
    house.put({"event": "open", "user": "bob", "time": day})
    stats = read_stats(house.store, house.inbox)
    waited_s = stats.pop("inbox_lag_s")
    assert stats == {
        "events": 3,
        "track_events": 2,
        "users": 1,
        "accounts": 1,
        "quarantined": {"missing_user": 1},
        "inbox_lag": 1,
    }
    assert 0 <= waited_s < 60


def test_it_waits_for_nothing_when_all_is_loaded(house):
    stats = read_stats(house.store, house.inbox)
    assert (stats["inbox_lag"], stats["inbox_lag_s"]) == (0, 0.0)
