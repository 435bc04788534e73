"""The way of a message from a body to the warehouse: named steps, in this order.

Each step looks at all items of a body at once and gives back the places of those it refuses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec

from tenure.events.attribution import AccountRule
from tenure.events.columns import Columns
from tenure.events.message import Message, Refusal
from tenure.events.names import Names
from tenure.events.reasons import Reason

EARLIEST_US: Final = 946_684_800_000_000  # 2000-01-01
AHEAD_US: Final = 24 * 3_600_000_000  # how far a sender's clock may be ahead
MAX_ACCOUNT: Final = 200  # characters of an account's id


@dataclass
class Delivery:
    """The items of one body. `accounts[i]` is the account that item i names, "" for none, once that is known.

    `timeless` when an item took its time from its arrival.
    """

    items: Columns
    received_us: int
    rule: AccountRule
    names: Names
    accounts: list[str] = field(default_factory=list)
    timeless: bool = False


class Step(NamedTuple):
    """`refuses` gives the places in delivery.items of those that go no further."""

    name: str
    reason: Reason
    refuses: Callable[[Delivery], Sequence[int]]
    says: str


def has_no_name(delivery: Delivery) -> Sequence[int]:
    names = delivery.items.names
    return () if all(names) else [place for place, name in enumerate(names) if not name]


def is_out_of_time(delivery: Delivery) -> Sequence[int]:
    """An item without a time takes that of its arrival."""
    latest = delivery.received_us + AHEAD_US
    times = delivery.items.times_us
    if min(times) >= EARLIEST_US and max(times) <= latest:
        return ()
    if not all(times):
        delivery.timeless = True
        delivery.items.times_us = times = [time_us or delivery.received_us for time_us in times]
        for place, call in delivery.items.calls.items():
            call.time_us = times[place]
    return [place for place, time_us in enumerate(times) if not EARLIEST_US <= time_us <= latest]


def names_nobody(delivery: Delivery) -> Sequence[int]:
    """Some user or account must be named; an item of a catalogue (Sensors' item_set) is about neither."""
    items = delivery.items
    delivery.accounts = accounts = delivery.rule.accounts_of(items)
    if all(items.user_ids):
        return ()
    named = zip(items.user_ids, items.anonymous_ids, accounts, strict=True)
    return [place for place, who in enumerate(named) if not any(who) and items.kind(place) != "item"]


def has_a_long_account(delivery: Delivery) -> Sequence[int]:
    return [place for place, account in enumerate(delivery.accounts) if len(account) > MAX_ACCOUNT]


def has_one_name_too_many(delivery: Delivery) -> Sequence[int]:
    """New names enter the catalogue here, while there is room."""
    items, known = delivery.items, delivery.names.ids
    new = set(items.names) - known.keys()
    if not new:
        return ()
    kinds = {name: items.kind(place) for place, name in enumerate(items.names) if name in new}
    delivery.names.admit(kinds)
    return [place for place, name in enumerate(items.names) if name not in known]


STEPS: Final = (
    Step("name", Reason.MISSING_NAME, has_no_name, "The event has no name."),
    Step("time", Reason.TIME_OUT_OF_RANGE, is_out_of_time, "The time is before 2000 or over a day ahead of arrival."),
    Step("identity", Reason.MISSING_USER, names_nobody, "Neither a user nor an account is named."),
    Step("account", Reason.ID_TOO_LONG, has_a_long_account, f"The account's id is over {MAX_ACCOUNT} characters."),
    Step("catalogue", Reason.TOO_MANY_EVENT_NAMES, has_one_name_too_many, "The catalogue is full; send fewer names."),
)


def run(delivery: Delivery, places: list[int]) -> list[tuple[int, Refusal]]:
    """Runs the steps; `delivery` keeps what passes all of them. Returns (place in the body, refusal) of the others.

    `places[i]` is the place in the body of item i of the delivery.
    """
    refused = []
    for step in STEPS:
        out = set(step.refuses(delivery)) if len(delivery.items) else ()
        if out:
            refused += [
                (places[place], Refusal(step.reason, step.says, as_json(delivery.items.message(place))))
                for place in sorted(out)
            ]
            places = [each for place, each in enumerate(places) if place not in out]
            delivery.items = delivery.items.without(out)
            delivery.accounts = [each for place, each in enumerate(delivery.accounts) if place not in out]
    return refused


def as_json(message: Message) -> bytes:
    """The message as the quarantine shows it."""
    shown = msgspec.structs.asdict(message)
    return msgspec.json.encode({**shown, "properties": msgspec.Raw(message.properties)})
