"""The items of one body as columns: a list a field. A step over a list costs a fraction of one over objects."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tenure.events.message import Message


@dataclass
class Columns:
    """The fields of Message, one list each, all of one length.

    `groups` holds those of the items that name several, by place. `calls` are the items that say something about people
    or accounts, whole, by place; the others are plain events that were tracked.
    """

    names: list[str]
    message_ids: list[str]
    user_ids: list[str]
    anonymous_ids: list[str]
    group_ids: list[str]
    times_us: list[int]
    properties: list[bytes]
    groups: dict[int, dict[str, str]] = field(default_factory=dict)
    calls: dict[int, Message] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Columns":
        return cls(
            [each.name for each in messages],
            [each.message_id for each in messages],
            [each.user_id for each in messages],
            [each.anonymous_id for each in messages],
            [each.group_id for each in messages],
            [each.time_us for each in messages],
            [each.properties for each in messages],
            {place: each.groups for place, each in enumerate(messages) if each.groups},
            {place: each for place, each in enumerate(messages) if each.kind != "track" or each.previous_id},
        )

    def __len__(self) -> int:
        return len(self.names)

    def kind(self, place: int) -> str:
        call = self.calls.get(place)
        return "track" if call is None else call.kind

    def message(self, place: int) -> Message:
        """The item at a place, whole."""
        return self.calls.get(place) or Message(
            "track",
            self.names[place],
            self.message_ids[place],
            self.user_ids[place],
            self.anonymous_ids[place],
            self.group_ids[place],
            "",
            self.times_us[place],
            self.properties[place],
            None,
            self.groups.get(place),
        )

    def without(self, places: Collection[int]) -> "Columns":
        """All but the items at these places."""
        return Columns.of([self.message(place) for place in range(len(self)) if place not in places])
