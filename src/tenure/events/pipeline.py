"""The way of a message from a body to the warehouse: named steps, in this order.

Each step looks at all messages of a body at once and gives back the places of those it refuses, with its reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec

from tenure.events.attribution import AccountRule
from tenure.events.message import Message, Refusal
from tenure.events.names import Names
from tenure.events.reasons import Reason

EARLIEST_US: Final = 946_684_800_000_000  # 2000-01-01
AHEAD_US: Final = 24 * 3_600_000_000  # how far a sender's clock may be ahead
MAX_ACCOUNT: Final = 200  # characters of an account's id


@dataclass
class Delivery:
    """The messages of one body. `accounts[i]` is the account that `messages[i]` names, "" for none."""

    messages: list[Message]
    received_us: int
    rule: AccountRule
    names: Names
    accounts: list[str] = field(default_factory=list)
    timeless: bool = False


class Step(NamedTuple):
    """`refuses` gives the places in delivery.messages of the messages that go no further."""

    name: str
    reason: Reason
    refuses: Callable[[Delivery], Sequence[int]]
    says: str


def has_no_name(delivery: Delivery) -> Sequence[int]:
    return [place for place, message in enumerate(delivery.messages) if not message.name]


def is_out_of_time(delivery: Delivery) -> Sequence[int]:
    """A message without a time takes that of its arrival."""
    latest = delivery.received_us + AHEAD_US
    refused = []
    for place, message in enumerate(delivery.messages):
        if not EARLIEST_US <= message.time_us <= latest:
            if message.time_us:
                refused.append(place)
            else:
                message.time_us = delivery.received_us
                delivery.timeless = True
    return refused


def names_nobody(delivery: Delivery) -> Sequence[int]:
    """Some user or account must be named; an item (Sensors' item_set) is about neither."""
    account_of = delivery.rule.account_of
    delivery.accounts = accounts = [account_of(message) for message in delivery.messages]
    return [
        place
        for place, message in enumerate(delivery.messages)
        if not (message.user_id or message.anonymous_id or accounts[place] or message.kind == "item")
    ]


def has_a_long_account(delivery: Delivery) -> Sequence[int]:
    return [place for place, account in enumerate(delivery.accounts) if len(account) > MAX_ACCOUNT]


def has_one_name_too_many(delivery: Delivery) -> Sequence[int]:
    """New names enter the catalogue here, while there is room."""
    known = delivery.names.ids
    new = {message.name: message.kind for message in delivery.messages if message.name not in known}
    if new:
        delivery.names.admit(new)
        return [place for place, message in enumerate(delivery.messages) if message.name not in known]
    return ()


STEPS: Final = (
    Step("name", Reason.MISSING_NAME, has_no_name, "The event has no name."),
    Step("time", Reason.TIME_OUT_OF_RANGE, is_out_of_time, "The time is before 2000 or over a day ahead of arrival."),
    Step("identity", Reason.MISSING_USER, names_nobody, "Neither a user nor an account is named."),
    Step("account", Reason.ID_TOO_LONG, has_a_long_account, f"The account's id is over {MAX_ACCOUNT} characters."),
    Step("catalogue", Reason.TOO_MANY_EVENT_NAMES, has_one_name_too_many, "The catalogue is full; send fewer names."),
)


def run(delivery: Delivery, places: list[int]) -> list[tuple[int, Refusal]]:
    """Runs the steps; `delivery` keeps what passes all of them. Returns (place in the body, refusal) of the others.

    `places[i]` is the place in the body of delivery.messages[i]; it is kept in step with them.
    """
    refused = []
    for step in STEPS:
        out = step.refuses(delivery)
        for place in reversed(out):
            message = delivery.messages.pop(place)
            if delivery.accounts:
                delivery.accounts.pop(place)
            refused.append((places.pop(place), Refusal(step.reason, step.says, as_json(message))))
    return refused


def as_json(message: Message) -> bytes:
    """The message as the quarantine shows it."""
    shown = msgspec.structs.asdict(message)
    return msgspec.json.encode({**shown, "properties": msgspec.Raw(message.properties)})
