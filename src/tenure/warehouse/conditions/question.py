"""What the warehouse is asked: which accounts a condition means on the days of a span."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tenure.core.conditions.fields import Fields
from tenure.core.conditions.tree import Node, look_back

#: (account_id, day, JSON): the value from that day on, until the account's next one.
Pieces = Sequence[tuple[int, date, str]]


@dataclass(frozen=True)
class Question:
    """The condition on each day from `first` to `last`, both included.

    `zone`: where a day begins, for facts. `given`: the values of fields whose source is Given, at most one piece an
    account and day. `visible` None is everyone, else the ids the member may see; ranks are over all accounts anyway.
    """

    node: Node
    fields: Fields
    first: date
    last: date
    zone: ZoneInfo
    given: Mapping[str, Pieces] = field(default_factory=dict)
    visible: Collection[int] | None = None

    @property
    def begin(self) -> date:
        """The first day that the answer may depend on."""
        return self.first - timedelta(days=look_back(self.node))
