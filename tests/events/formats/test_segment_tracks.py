"""The short way of reading Segment's track calls: the same as the long one, or none."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenure.events.columns import Columns
from tenure.events.formats.all import SEGMENT
from tenure.events.message import Request

TRACK = {
    "type": "track",
    "event": "report viewed",
    "messageId": "m1",
    "userId": "ada",
    "timestamp": "2026-03-01T10:00:00.5Z",
    "properties": {"rows": [1], "deep": {"a": 1}},
}


def both_ways(*items):
    request = Request("batch", json.dumps({"batch": items}).encode(), "", "application/json")
    tracks = SEGMENT.tracks(request)
    return tracks and SEGMENT.columns(tracks), SEGMENT.decode(request)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"anonymousId": "a1"},
        {"userId": None, "anonymousId": "a1"},
        {"groupId": "acme"},
        {"context": {"groupId": "acme"}},
        {"groupId": "", "context": {"groupId": "acme"}},
        {"properties": None},
        {"timestamp": "2026-03-01T10:00:00+08:00"},
        {"timestamp": "2026-03-01 10:00:00Z"},
        {"userId": "", "groupId": "acme"},
    ],
)
def test_it_reads_tracks_as_the_long_way_does(changed):
    short, long = both_ways(TRACK, {**TRACK, "messageId": "m2", **changed})
    assert short == Columns.of(long)


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "page"},
        {"event": ""},
        {"event": None},
        {"messageId": None},
        {"messageId": "#1"},
        {"userId": 42},
        {"userId": None},
        {"timestamp": None},
        {"timestamp": 1_790_000_000},
        {"timestamp": "2026-03-01T10:00:00"},
        {"timestamp": "soon"},
        {"timestamp": "1970-01-01T00:00:00Z"},
        {"properties": [1]},
        {"properties": {"long": "x" * 40_000}},
        {"userId": "x" * 301},
    ],
)
def test_it_leaves_anything_else_to_the_long_way(changed):
    short, _ = both_ways(TRACK, {**TRACK, "messageId": "m2", **changed})
    assert short is None


values = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.just({}),
)
moments = st.datetimes().map(lambda each: each.isoformat()) | st.sampled_from(["Z", "+01:00", "", "z"]).flatmap(
    lambda zone: st.datetimes().map(lambda each: each.isoformat() + zone)
)
items = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["track", "track", "track", "page"]),
        "event": st.text(max_size=5) | values,
        "messageId": st.text(max_size=5) | values,
        "userId": st.text(max_size=5) | values,
        "timestamp": moments | values,
        "properties": st.dictionaries(st.text(max_size=3), values, max_size=3) | values,
    },
    optional={"anonymousId": values, "groupId": values, "context": st.just({}) | values},
)


@settings(max_examples=150, deadline=None)
@given(st.lists(items, min_size=1, max_size=3))
def test_it_never_says_anything_else(batch):
    short, long = both_ways(*batch)
    if short is not None:
        assert short == Columns.of(long)
