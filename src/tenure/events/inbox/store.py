"""The inbox: bodies as received, durable before they are acknowledged, kept until they are loaded and backed up."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from tenure.events.message import Request
from tenure.lib.errors import TenureError

#: In the place of a wire format: a body that takes messages back (see events.withdrawing). Nobody can send one.
WITHDRAWAL: Final = "withdrawal"


class InboxUnavailable(TenureError):
    """The body could not be made durable (disk full, database away). The sender must try again: 503."""


class Arrival(NamedTuple):
    """A body on its way in. `received_us`: microseconds since 1970 UTC."""

    source_id: int
    wire_format: str
    received_us: int
    request: Request


class Body(NamedTuple):
    """A body in the inbox. Ids grow in the order in which bodies became durable, without one appearing late."""

    id: int
    source_id: int
    wire_format: str
    received_us: int
    request: Request


class Inbox(Protocol):
    def put(self, arrivals: Sequence[Arrival]) -> list[int]:
        """Makes all of them durable in one commit and returns their ids; all or none. Raises InboxUnavailable."""
        ...

    def after(self, position: int, limit: int, max_bytes: int) -> list[Body]:
        """The next bodies in order, at most `limit` of them and about `max_bytes`, at least one if there is any."""
        ...

    def backlog(self, position: int) -> tuple[int, int]:
        """(bodies, microseconds since 1970 of the oldest one's arrival or 0) waiting after `position`."""
        ...

    def last_id(self) -> int:
        """The last id given, 0 at first."""
        ...

    def reserve(self, up_to: int) -> None:
        """Never gives an id up to this one. For a start with an inbox that is behind the warehouse's position,
        because its file was lost or an older copy put back: a body with an id already passed would never be loaded.
        """
        ...

    def rewrite(self, bodies: Sequence[Body]) -> None:
        """Puts these in the place of the bodies with their ids, in one transaction; those pruned meanwhile stay gone.

        The old content is overwritten as far as the engine can.
        """
        ...

    def prune(self, up_to: int, received_before_us: int) -> int:
        """Deletes loaded and backed-up bodies with id <= up_to that came before the time; returns how many."""
        ...

    def backup(self, path: str) -> None:
        """Copies the inbox as it is now into a new SQLite inbox file (inbox.sqlite), synced, whatever engine it is."""
        ...

    def close(self) -> None: ...
