"""Messages taken back: a body of their keys, so that whoever loads the inbox again forgets them at the same place.

What came before such a body is forgotten, wherever it is kept: the events in the warehouse, and what rows of files said
of users. The same message sent after it counts again. Bodies that name a file come after those of all its messages:
with them it is forgotten that the file named users and accounts, so many at a time; who is named by nothing else goes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tenure.accounts.leaving.going import WHOLE, Part
from tenure.accounts.unlearning import MENTIONS
from tenure.events.inbox.store import WITHDRAWAL, Arrival, Body, Inbox
from tenure.events.message import Request
from tenure.events.rows import KEY_BYTES
from tenure.lib import clock
from tenure.lib.instants import to_us


def withdraw(inbox: Inbox, keys: Sequence[bytes]) -> None:
    """Has messages taken back, by their keys (see rows.message_key). Raises InboxUnavailable."""
    inbox.put([Arrival(0, WITHDRAWAL, to_us(clock.now()), Request("", b"".join(keys)))])


def forget_mentions(inbox: Inbox, file: str, mentions: int) -> None:
    """Has forgotten that a file named no more than so many users, and as many accounts. Raises InboxUnavailable."""
    parts = -(-mentions // MENTIONS)
    for part in range(parts):
        inbox.put([Arrival(0, WITHDRAWAL, to_us(clock.now()), Request(file, b"", f"{part}/{parts}"))])


class Withdrawn(NamedTuple):
    """Keys of messages; the number of the import whose mentions are forgotten, empty for none, and of which part."""

    keys: list[bytes]
    file: str
    part: Part


def withdrawn(body: Body) -> Withdrawn:
    """What such a body takes back: its content are the keys, its route the file, its query the part."""
    keys, (part, _, parts) = body.request.body, body.request.query.partition("/")
    return Withdrawn(
        [keys[start : start + KEY_BYTES] for start in range(0, len(keys), KEY_BYTES)],
        body.request.route,
        (int(part), int(parts)) if parts else WHOLE,
    )
