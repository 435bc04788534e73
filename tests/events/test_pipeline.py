"""The steps a message passes, and the reason with which each refuses."""

import pyarrow as pa
import pytest

from tenure.events.attribution import AccountRule
from tenure.events.columns import Columns
from tenure.events.inbox.store import Body
from tenure.events.message import Message, Request
from tenure.events.pipeline import STEPS, Delivery, run
from tenure.events.reasons import Reason

NOW_US = 1_790_000_000_000_000
DAY_US = 86_400_000_000


class Names:
    """Has room for names without an exclamation mark."""

    def __init__(self):
        self.ids = {"known": 1}

    def admit(self, new):
        self.ids.update((name, 2) for name in new if "!" not in name)


def pass_through(*messages):
    body = Body(7, 1, "native", NOW_US, Request("events", b""))
    places = pa.array(range(len(messages)), pa.int32())
    origins = pa.array([0] * len(messages), pa.int32())
    delivery = Delivery(Columns.of(messages), [body], origins, places, AccountRule(), Names())
    return delivery, run(delivery)


def message(**fields):
    fields = {"kind": "track", "name": "known", "message_id": "m", "user_id": "u", "time_us": NOW_US, **fields}
    return Message(**fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": ""}, Reason.MISSING_NAME),
        ({"time_us": 946_684_800_000_000 - 1}, Reason.TIME_OUT_OF_RANGE),
        ({"time_us": NOW_US + DAY_US + 1}, Reason.TIME_OUT_OF_RANGE),
        ({"user_id": ""}, Reason.MISSING_USER),
        ({"group_id": "a" * 201}, Reason.ID_TOO_LONG),
        ({"name": "one too many!"}, Reason.TOO_MANY_EVENT_NAMES),
    ],
)
def test_it_refuses_with_the_reason_of_the_step(fields, reason):
    delivery, refused = pass_through(message(), message(**fields), message())
    assert [(place, refusal.reason) for _, place, refusal in refused] == [(1, reason)]
    assert len(delivery.items) == len(delivery.accounts) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"time_us": 946_684_800_000_000},
        {"time_us": NOW_US + DAY_US},
        {"user_id": "", "anonymous_id": "a"},
        {"user_id": "", "group_id": "acme"},
        {"user_id": "", "properties": b'{"company_id":"acme"}'},
        {"user_id": "", "kind": "item", "name": "$item_set"},
        {"group_id": "a" * 200},
        {"name": "new"},
    ],
)
def test_it_lets_pass_what_is_just_right(fields):
    delivery, refused = pass_through(message(**fields))
    assert not refused
    assert len(delivery.items) == 1


def test_it_gives_a_message_without_time_that_of_its_arrival():
    delivery, _ = pass_through(message(time_us=0))
    assert delivery.items.times_us.to_pylist() == [NOW_US]
    assert delivery.timeless


def test_it_keeps_the_refused_message_readable():
    _, refused = pass_through(message(name="", properties=b'{"a":1}'))
    assert b'"properties":{"a":1}' in refused[0].refusal.raw


def test_every_step_has_a_name_of_its_own():
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_it_says_at_which_place_of_the_body_each_refused_item_stood():
    messages = [message(name=""), message(), message(time_us=1), message(kind="group", time_us=0, name="")]
    delivery, refused = pass_through(*messages, message(kind="group", group_id="acme", time_us=0))
    assert [each.place for each in refused] == [0, 3, 2]
    assert [call.time_us for call in delivery.items.calls.values()] == [NOW_US]
