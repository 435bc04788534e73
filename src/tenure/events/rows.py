"""The rows a batch of messages becomes in the warehouse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from tenure.accounts.book import Book
from tenure.events.columns import Columns
from tenure.lib.instants import to_datetime
from tenure.warehouse.schema import EVENT

_QUARTER_US: Final = 900_000_000
_UUID_LENGTH: Final = 36
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

    def column(self, times_us: pa.Array) -> pa.Array:
        """The days of many times, which must not be before 1970, as date32."""
        quarters = pc.divide(times_us, _QUARTER_US).dictionary_encode()
        found = [self[quarter] for quarter in quarters.dictionary.to_pylist()]
        return pa.array(found, pa.int32()).take(quarters.indices).cast(pa.date32())


@dataclass
class Rows:
    """What is known of a batch's rows before ids are resolved, one list a column. `keys` has 16 bytes a row."""

    keys: bytearray = field(default_factory=bytearray)
    names: list[str] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)
    timeless: bool = False

    def __len__(self) -> int:
        return len(self.names)

    def add(
        self, items: Columns, keys: bytes, identities: Sequence[str], accounts: Sequence[str], received_us: int
    ) -> None:
        self.keys += keys
        self.names += items.names
        self.identities += identities
        self.accounts += accounts
        self.times += items.times_us
        self.received += [received_us] * len(items)
        self.properties += items.properties


def message_keys(message_ids: Sequence[str], source_id: int, body_id: int) -> bytes:
    """Sixteen bytes each by which the same message is known when it is sent again.

    A UUID is its own key. Any other id is only good within its source. One that begins with "~" tells two alike
    messages of different bodies apart by nothing, so they count as two.
    """
    if set(map(len, message_ids)) == {_UUID_LENGTH}:
        try:
            keys = bytes.fromhex("".join(message_ids).replace("-", ""))
        except ValueError:
            keys = b""
        if len(keys) == 16 * len(message_ids) and all(text.count("-") == 4 for text in message_ids):
            return keys
    start = blake2b(f"{source_id}:".encode(), digest_size=16)
    return b"".join([_key(text, start, body_id) for text in message_ids])


def _key(text: str, start: "blake2b", body_id: int) -> bytes:
    if len(text) == _UUID_LENGTH and text.count("-") == 4:
        try:
            return bytes.fromhex(text.replace("-", ""))
        except ValueError:
            pass
    if text[0] == "~":
        text = f"{text}:{body_id}"
    digest = start.copy()
    digest.update(text.encode())
    return digest.digest()


class TextColumn:
    """A column of texts as the distinct ones and, for each row, which of them: ids are then looked up once each."""

    def __init__(self, texts: Sequence[str]) -> None:
        encoded = pa.array(texts, pa.string()).dictionary_encode()
        self.distinct: list[str] = encoded.dictionary.to_pylist()
        self._places = encoded.indices

    def ids(self, ids: Sequence[int]) -> pa.Array:
        """The column with `ids[i]` in place of `distinct[i]`."""
        return pa.array(ids, pa.uint32()).take(self._places)


@dataclass(frozen=True)
class Texts:
    """The texts of a batch's rows that stand for rows of the operational database."""

    events: TextColumn
    identities: TextColumn
    accounts: TextColumn

    @classmethod
    def of(cls, rows: Rows) -> "Texts":
        return cls(TextColumn(rows.names), TextColumn(rows.identities), TextColumn(rows.accounts))


def to_table(rows: Rows, texts: Texts, book: Book, event_ids: Mapping[str, int], days: Days) -> pa.Table:
    """The rows with schema.EVENT. `book` and `event_ids` hold every name in them; attributes events without account."""
    known = [book.identities[text] for text in texts.identities.distinct]
    users = texts.identities.ids([each.user_id for each in known])
    accounts = texts.accounts.ids([book.accounts[text] for text in texts.accounts.distinct])
    explicit = pc.not_equal(accounts, 0)
    if not pc.all(explicit).as_py():
        accounts = _attribute(accounts, users, rows.times, book)
    times = pa.array(rows.times, pa.int64())
    key_buffers = [None, pa.py_buffer(bytes(rows.keys))]
    columns = [
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(rows), key_buffers),
        accounts,
        users,
        texts.identities.ids([each.identity_id for each in known]),
        texts.events.ids([event_ids[text] for text in texts.events.distinct]),
        times.cast(pa.timestamp("us")),
        days.column(times),
        pa.array(rows.received, pa.int64()).cast(pa.timestamp("us")),
        explicit,
        pa.array(rows.properties, pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=EVENT)


def _attribute(accounts: pa.Array, users: pa.Array, times: Sequence[int], book: Book) -> pa.Array:
    """Gives events that name no account the one their user belonged to at their time."""
    found, by_row = accounts.to_pylist(), users.to_pylist()
    places = [place for place, account in enumerate(found) if not account and by_row[place]]
    book.read_spans({by_row[place] for place in places})
    spans = book.spans
    for place in places:
        known = spans[by_row[place]]
        if len(known.accounts) == 1:
            found[place] = known.accounts[0]
        elif known.accounts:
            found[place] = known.account_at(times[place])
    return pa.array(found, pa.uint32())
