"""The rows a batch of messages becomes in the warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from tenure.accounts.book import Book
from tenure.events.message import Message
from tenure.lib.instants import to_datetime
from tenure.warehouse.schema import EVENT

_QUARTER_US: Final = 900_000_000
_EPOCH: Final = date(1970, 1, 1)


class Days(dict[int, int]):
    """Quarter hours since 1970 UTC -> days since 1970 in the zone. Every zone's day begins on a quarter hour."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, quarter: int) -> int:
        day = (to_datetime(quarter * _QUARTER_US).astimezone(self._zone).date() - _EPOCH).days
        self[quarter] = day
        return day

    def day_of(self, time_us: int) -> date:
        return _EPOCH + timedelta(days=self[time_us // _QUARTER_US])


@dataclass
class Rows:
    """What is known of a batch's rows before ids are resolved, one list a column."""

    keys: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)
    timeless: bool = False

    def add(
        self,
        messages: Sequence[Message],
        keys: Sequence[bytes],
        identities: Sequence[str],
        accounts: Sequence[str],
        received_us: int,
    ) -> None:
        self.keys += keys
        self.names += [message.name for message in messages]
        self.identities += identities
        self.accounts += accounts
        self.times += [message.time_us for message in messages]
        self.received += [received_us] * len(messages)
        self.properties += [message.properties for message in messages]


def message_keys(messages: Sequence[Message], source_id: int, body_id: int) -> list[bytes]:
    """Sixteen bytes by which the same message is known when it is sent again.

    A UUID is its own key. Any other id is only good within its source. One that begins with "~" tells two alike
    messages of different bodies apart by nothing, so they count as two.
    """
    start = blake2b(f"{source_id}:".encode(), digest_size=16)
    keys = []
    for message in messages:
        text = message.message_id
        if len(text) == 36:
            try:
                key = bytes.fromhex(text.replace("-", ""))
            except ValueError:
                key = b""
            if len(key) == 16:
                keys.append(key)
                continue
        if text[0] == "~":
            text = f"{text}:{body_id}"
        digest = start.copy()
        digest.update(text.encode())
        keys.append(digest.digest())
    return keys


def to_table(rows: Rows, book: Book, event_ids: dict[str, int], days: Days) -> pa.Table:
    """The rows with schema.EVENT. `book` and `event_ids` hold every name in them; attributes events without account."""
    known = [book.identities[text] for text in rows.identities]
    users = [each[1] for each in known]
    accounts = [book.accounts[text] for text in rows.accounts]
    explicit = [account != 0 for account in accounts]
    if not all(explicit):
        _attribute(accounts, users, rows.times, book)
    columns = [
        pa.array(rows.keys, pa.binary(16)),
        pa.array(accounts, pa.uint32()),
        pa.array(users, pa.uint32()),
        pa.array([each[0] for each in known], pa.uint32()),
        pa.array([event_ids[name] for name in rows.names], pa.uint32()),
        pa.array(rows.times, pa.int64()).cast(pa.timestamp("us")),
        pa.array([days[time_us // _QUARTER_US] for time_us in rows.times], pa.int32()).cast(pa.date32()),
        pa.array(rows.received, pa.int64()).cast(pa.timestamp("us")),
        pa.array(explicit, pa.bool_()),
        pa.array(rows.properties, pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=EVENT)


def _attribute(accounts: list[int], users: list[int], times: list[int], book: Book) -> None:
    book.read_spans({user for account, user in zip(accounts, users, strict=True) if not account and user})
    spans = book.spans
    for place, account in enumerate(accounts):
        if not account and users[place]:
            known = spans[users[place]]
            if len(known.accounts) == 1:
                accounts[place] = known.accounts[0]
            elif known.accounts:
                accounts[place] = known.account_at(times[place])
