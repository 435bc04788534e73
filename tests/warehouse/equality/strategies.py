"""Random stories, small enough that everything meets everything: 4 accounts, 5 users, 5 events, 3 months."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.core.reference.events import Event, Link, UserSpan
from tenure.warehouse.store import EventFilter
from tests.warehouse.equality.story import Appending, Cataloguing, Excluding, Merging, Refreshing, Sorting, Withdrawing

START = datetime(2025, 12, 20, tzinfo=UTC)
SPAN_DAYS = 50

accounts = st.integers(0, 3)
users = st.integers(0, 4)
real_users = st.integers(1, 4)
event_ids = st.integers(1, 5)
times = st.integers(0, SPAN_DAYS * 24).map(lambda hours: START + timedelta(hours=hours))
days = st.integers(0, SPAN_DAYS + 5).map(lambda n: (START + timedelta(days=n)).date())
property_names = st.sampled_from(["size", "plan", "a/b~c", '价 "x'])
property_values = st.one_of(
    st.sampled_from([0, 1, -2.5, 7, 1e12, "", "pro", "Pro plan", "1", "true", 'a"b', True, False, None]),
    st.sampled_from([[1], {"size": 3}]),
)
properties = st.dictionaries(property_names, property_values, max_size=3).map(
    lambda values: json.dumps(values, ensure_ascii=False)
)
message_ids = st.integers(0, 80).map(lambda number: number.to_bytes(1, "big") * 16)


@st.composite
def events(draw) -> Event:
    time = draw(times)
    return Event(
        message_id=draw(message_ids),
        account_id=draw(accounts),
        user_id=draw(users),
        identity_id=draw(st.integers(0, 5)),
        event_id=draw(event_ids),
        time=time,
        day=time.date(),
        received_at=time,
        explicit=draw(st.booleans()),
        properties=draw(properties),
    )


links = st.builds(Link, st.integers(1, 3), real_users, days)
spans = st.builds(UserSpan, real_users, accounts, st.none() | times, st.none() | times)
repairs = {
    "links": st.lists(links, max_size=3),
    "owners": st.just([]) | st.lists(st.tuples(st.integers(1, 5), real_users), max_size=3),
    "spans": st.just([]) | st.lists(spans, max_size=3),
}
appendings = st.builds(Appending, rows=st.lists(events(), max_size=25), timeless=st.booleans(), **repairs)
withdrawings = st.builds(Withdrawing, st.frozensets(message_ids, min_size=1, max_size=40), **repairs)
cataloguings = st.builds(
    Cataloguing,
    st.lists(
        st.tuples(event_ids, st.integers(0, 2), st.sampled_from([0, -1, 1, 2])),
        max_size=5,
        unique_by=lambda row: row[0],
    ),
)
excludings = st.builds(Excluding, st.frozensets(real_users, max_size=2))
mergings = st.sampled_from([{}, {1: 2}, {2: 1}, {3: 1}, {1: 3, 2: 3}]).map(Merging)
sortings = days.map(lambda day: Sorting(day.replace(day=1)))
stories = st.builds(
    lambda catalogue, first, rest: [catalogue, first, *rest],
    cataloguings,
    appendings,
    st.lists(
        st.one_of(
            appendings, appendings, withdrawings, cataloguings, excludings, mergings, st.just(Refreshing()), sortings
        ),
        max_size=5,
    ),
)

windows = st.sampled_from([1, 3, 7, 28, 90])
filters = st.builds(
    PropertyFilter,
    property_names,
    st.sampled_from(list(Comparison)),
    st.sampled_from([0, 1, 2.5, "pro", "1", "", "true", True, 'a"b']),
)
usage = st.builds(
    MetricSpec,
    st.sampled_from(
        [
            MetricKind.COUNT,
            MetricKind.ACTIVE_USERS,
            MetricKind.ACTIVE_FEATURES,
            MetricKind.PROPERTY_SUM,
            MetricKind.DAYS_SINCE_LAST,
        ]
    ),
    windows,
    st.none() | st.lists(event_ids, max_size=3, unique=True).map(tuple),
    st.just(()) | st.lists(filters, min_size=1, max_size=2).map(tuple),
    property_names,
)
looked_up = st.sampled_from(
    [
        MetricSpec(MetricKind.OPENED_USERS, property="seats"),
        MetricSpec(MetricKind.OPENED_USERS, property="unknown"),
        MetricSpec(MetricKind.ALL_FEATURES),
        MetricSpec(MetricKind.TRAIT, property="seats"),
        MetricSpec(MetricKind.TRAIT, property="unknown"),
    ]
)

event_filters = st.builds(
    EventFilter,
    account_ids=st.none() | st.lists(accounts, max_size=2),
    user_id=st.none() | users,
    event_ids=st.none() | st.lists(event_ids, max_size=2),
    first=st.none() | days,
    last=st.none() | days,
)
day_spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
