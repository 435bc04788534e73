"""The way of a message from a body to the warehouse: named steps, in this order.

Each step looks at all items at once and gives back the indices of those it refuses.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tenure.events.attribution import AccountRule
from tenure.events.columns import Columns, indices, strings
from tenure.events.inbox.store import Body
from tenure.events.message import Message, Refusal
from tenure.events.names import Names
from tenure.events.reading import Refused
from tenure.events.reasons import Reason

EARLIEST_US: Final = 946_684_800_000_000  # 2000-01-01
AHEAD_US: Final = 24 * 3_600_000_000  # how far a sender's clock may be ahead
MAX_ACCOUNT: Final = 200  # characters of an account's id


@dataclass
class Delivery:
    """Items of one source, as reading.Parcel has them. `accounts[i]` is the account that item i names, once known.

    `timeless` when an item took its time from its arrival.
    """

    items: Columns
    bodies: list[Body]
    origins: pa.Int32Array
    places: pa.Int32Array
    rule: AccountRule
    names: Names
    accounts: pa.StringArray = field(default_factory=lambda: strings([]))
    timeless: bool = False

    @property
    def received_us(self) -> pa.Int64Array:
        """When each item arrived, in microseconds since 1970 UTC."""
        return pa.array([body.received_us for body in self.bodies], pa.int64()).take(self.origins)

    def drop(self, out: Collection[int]) -> None:
        """Leaves out the items at these places of the delivery."""
        kept = pa.array([index for index in range(len(self.items)) if index not in out], pa.int32())
        self.items = self.items.take(kept)
        self.origins, self.places = self.origins.take(kept), self.places.take(kept)
        if len(self.accounts):
            self.accounts = self.accounts.take(kept)

    def refused(self, index: int, refusal: Refusal) -> Refused:
        """The refusal of an item, with where it came from."""
        return Refused(self.bodies[self.origins[index].as_py()], self.places[index].as_py(), refusal)


class Step(NamedTuple):
    """`refuses` gives the indices in delivery.items of those that go no further."""

    name: str
    reason: Reason
    refuses: Callable[[Delivery], Sequence[int]]
    says: str


def has_no_name(delivery: Delivery) -> Sequence[int]:
    return indices(pc.equal(delivery.items.names, ""))


def is_out_of_time(delivery: Delivery) -> Sequence[int]:
    """An item without a time takes that of its arrival."""
    items, received = delivery.items, delivery.received_us
    unknown = pc.equal(items.times_us, 0)
    if unknown.true_count:
        delivery.timeless = True
        items.times_us = pc.if_else(unknown, received, items.times_us)
        for index in indices(unknown):
            if index in items.calls:
                items.calls[index].time_us = items.times_us[index].as_py()
    too_early = pc.less(items.times_us, EARLIEST_US)
    return indices(pc.or_(too_early, pc.greater(items.times_us, pc.add(received, AHEAD_US))))


def names_nobody(delivery: Delivery) -> Sequence[int]:
    """Some user or account must be named; an item of a catalogue (Sensors' item_set) is about neither."""
    items = delivery.items
    delivery.accounts = delivery.rule.accounts_of(items)
    no_user = pc.and_(pc.equal(items.user_ids, ""), pc.equal(items.anonymous_ids, ""))
    nobody = indices(pc.and_(no_user, pc.equal(delivery.accounts, "")))
    return [index for index in nobody if items.kind(index) != "item"]


def has_a_long_account(delivery: Delivery) -> Sequence[int]:
    return indices(pc.greater(pc.utf8_length(delivery.accounts), MAX_ACCOUNT))


def has_one_name_too_many(delivery: Delivery) -> Sequence[int]:
    """New names enter the catalogue here, while there is room."""
    items, known = delivery.items, delivery.names.ids
    new = set(pc.unique(items.names).to_pylist()) - known.keys()
    if not new:
        return ()
    names = items.names.to_pylist()
    kinds = {name: items.kind(index) for index, name in enumerate(names) if name in new}
    delivery.names.admit(kinds)
    return [index for index, name in enumerate(names) if name not in known]


STEPS: Final = (
    Step("name", Reason.MISSING_NAME, has_no_name, "The event has no name."),
    Step("time", Reason.TIME_OUT_OF_RANGE, is_out_of_time, "The time is before 2000 or over a day ahead of arrival."),
    Step("identity", Reason.MISSING_USER, names_nobody, "Neither a user nor an account is named."),
    Step("account", Reason.ID_TOO_LONG, has_a_long_account, f"The account's id is over {MAX_ACCOUNT} characters."),
    Step("catalogue", Reason.TOO_MANY_EVENT_NAMES, has_one_name_too_many, "The catalogue is full; send fewer names."),
)


def run(delivery: Delivery) -> list[Refused]:
    """Runs the steps; `delivery` keeps what passes all of them. Returns the refusals of the others."""
    refused = []
    for step in STEPS:
        out = set(step.refuses(delivery)) if len(delivery.items) else ()
        if out:
            for index in sorted(out):
                refusal = Refusal(step.reason, step.says, as_json(delivery.items.message(index)))
                refused.append(delivery.refused(index, refusal))
            delivery.drop(out)
    return refused


def as_json(message: Message) -> bytes:
    """The message as the quarantine shows it."""
    shown = msgspec.structs.asdict(message)
    return msgspec.json.encode({**shown, "properties": msgspec.Raw(message.properties)})
