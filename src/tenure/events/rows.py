"""The rows a batch of messages becomes in the warehouse."""

from binascii import unhexlify
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from tenure.accounts.book import Book
from tenure.events.columns import strings
from tenure.events.pipeline import Delivery
from tenure.lib.instants import to_datetime
from tenure.warehouse.schema import EVENT

_QUARTER_US: Final = 900_000_000
_UUID_LENGTH: Final = 36
_UUID_DASHES: Final = (8, 13, 18, 23)
KEY_BYTES: Final = 16
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
    """What is known of a batch's rows before ids are resolved: pieces of columns. `keys` has 16 bytes a row."""

    keys: bytearray = field(default_factory=bytearray)
    names: list[pa.StringArray] = field(default_factory=list)
    identities: list[pa.StringArray] = field(default_factory=list)
    accounts: list[pa.StringArray] = field(default_factory=list)
    times: list[pa.Int64Array] = field(default_factory=list)
    received: list[pa.Int64Array] = field(default_factory=list)
    properties: list[pa.StringArray] = field(default_factory=list)
    timeless: bool = False

    def __len__(self) -> int:
        return len(self.keys) // KEY_BYTES

    def add(self, delivery: Delivery, keys: bytes, identities: pa.StringArray) -> None:
        items = delivery.items
        self.keys += keys
        self.names.append(items.names)
        self.identities.append(identities)
        self.accounts.append(delivery.accounts)
        self.times.append(items.times_us)
        self.received.append(delivery.received_us)
        self.properties.append(items.properties)
        self.timeless |= delivery.timeless


def message_keys(delivery: Delivery) -> bytes:
    """Sixteen bytes for each item by which the same message is known when it is sent again.

    A UUID is its own key. Any other id is only good within its source. One that begins with "~" tells two alike
    messages of different bodies apart by nothing, so they count as two.
    """
    message_ids = delivery.items.message_ids
    lengths = pc.min_max(pc.binary_length(message_ids)).as_py()
    if lengths == {"min": _UUID_LENGTH, "max": _UUID_LENGTH}:
        start = message_ids.offset * _UUID_LENGTH
        together = bytes(message_ids.buffers()[2])[start : start + _UUID_LENGTH * len(message_ids)]
        dashes = b"-" * len(message_ids)
        if all(together[place::_UUID_LENGTH] == dashes for place in _UUID_DASHES):
            try:
                keys = unhexlify(together.replace(b"-", b""))
            except ValueError:
                keys = b""
            if len(keys) == KEY_BYTES * len(message_ids):
                return keys
    digest = blake2b(f"{delivery.bodies[0].source_id}:".encode(), digest_size=KEY_BYTES)
    ids = zip(message_ids.to_pylist(), delivery.origins.to_pylist(), strict=True)
    return b"".join([_key(text, digest, delivery.bodies[origin].id) for text, origin in ids])


def message_key(message_id: str, source_id: int, body_id: int) -> bytes:
    """The key of a single item, as message_keys has it."""
    return _key(message_id, blake2b(f"{source_id}:".encode(), digest_size=KEY_BYTES), body_id)


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

    def __init__(self, pieces: Sequence[pa.StringArray]) -> None:
        encoded = pa.concat_arrays([*pieces, strings([])]).dictionary_encode()
        self.distinct: list[str] = encoded.dictionary.to_pylist()
        self.places = encoded.indices

    def ids(self, ids: Sequence[int]) -> pa.Array:
        """The column with `ids[i]` in place of `distinct[i]`."""
        return pa.array(ids, pa.uint32()).take(self.places)


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
    times = pa.concat_arrays([*rows.times, pa.array([], pa.int64())])
    explicit = pc.not_equal(accounts, 0)
    if not pc.all(explicit).as_py():
        accounts = _attribute(accounts, users, times.to_pylist(), book)
    key_buffers = [None, pa.py_buffer(bytes(rows.keys))]
    columns = [
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(rows), key_buffers),
        accounts,
        users,
        texts.identities.ids([each.identity_id for each in known]),
        texts.events.ids([event_ids[text] for text in texts.events.distinct]),
        times.cast(pa.timestamp("us")),
        days.column(times),
        pa.concat_arrays([*rows.received, pa.array([], pa.int64())]).cast(pa.timestamp("us")),
        explicit,
        pa.concat_arrays([*rows.properties, strings([])]),
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
