"""Items as columns: an Arrow array a field. A step over a column costs a fraction of one over objects."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from tenure.events.message import Message


@dataclass
class Columns:
    """The fields of Message, an array each, all of one length and without nulls.

    `groups` holds those of the items that name several, by place. `calls` are the items that say something about people
    or accounts, whole, by place; the others are plain events that were tracked.
    """

    names: pa.StringArray
    message_ids: pa.StringArray
    user_ids: pa.StringArray
    anonymous_ids: pa.StringArray
    group_ids: pa.StringArray
    times_us: pa.Int64Array
    properties: pa.StringArray  # JSON texts
    groups: dict[int, dict[str, str]] = field(default_factory=dict)
    calls: dict[int, Message] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Columns":
        return cls(
            strings([each.name for each in messages]),
            strings([each.message_id for each in messages]),
            strings([each.user_id for each in messages]),
            strings([each.anonymous_id for each in messages]),
            strings([each.group_id for each in messages]),
            pa.array([each.time_us for each in messages], pa.int64()),
            strings([each.properties for each in messages]),
            {place: each.groups for place, each in enumerate(messages) if each.groups},
            {place: each for place, each in enumerate(messages) if each.kind != "track" or each.previous_id},
        )

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """The items of all parts, one after another; there is at least one part."""
        if len(parts) == 1:
            return parts[0]
        whole = cls(*(pa.concat_arrays(arrays) for arrays in zip(*(part.arrays() for part in parts), strict=True)))
        start = 0
        for part in parts:
            whole.groups.update((start + place, groups) for place, groups in part.groups.items())
            whole.calls.update((start + place, call) for place, call in part.calls.items())
            start += len(part)
        return whole

    def __len__(self) -> int:
        return len(self.names)

    def arrays(self) -> tuple[pa.Array, ...]:
        return (
            self.names,
            self.message_ids,
            self.user_ids,
            self.anonymous_ids,
            self.group_ids,
            self.times_us,
            self.properties,
        )

    def kind(self, place: int) -> str:
        call = self.calls.get(place)
        return "track" if call is None else call.kind

    def message(self, place: int) -> Message:
        """The item at a place, whole."""
        if place in self.calls:
            return self.calls[place]
        name, message_id, user_id, anonymous_id, group_id, time_us, properties = (
            array[place].as_py() for array in self.arrays()
        )
        groups = self.groups.get(place)
        return Message(
            "track", name, message_id, user_id, anonymous_id, group_id, "", time_us, properties.encode(), None, groups
        )

    def take(self, places: pa.Int32Array) -> "Columns":
        """The items at these places."""
        taken = Columns(*(array.take(places) for array in self.arrays()))
        if self.groups or self.calls:
            for new, place in enumerate(places.to_pylist()):
                if place in self.groups:
                    taken.groups[new] = self.groups[place]
                if place in self.calls:
                    taken.calls[new] = self.calls[place]
        return taken


def strings(values: Sequence[str | bytes | None]) -> pa.StringArray:
    return pa.array(values, pa.string())


def indices(mask: pa.BooleanArray) -> list[int]:
    """Where the mask is true."""
    return pc.indices_nonzero(mask).to_pylist() if mask.true_count else []
