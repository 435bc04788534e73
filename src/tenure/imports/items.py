"""Rows as items of our own event format: what an SDK would have sent."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tenure.imports.mapping import Fields, as_value

_encoder = msgspec.json.Encoder(order="deterministic")
Item = dict[str, Any]
#: Makes an item of a row, its id still missing.
Maker = Callable[[Mapping[str, Any]], Item]


class Ids:
    """Ids of items that have none: a hash of what they say, and how many of the same came before in the file.

    The same file again, or one that overlaps it, so gives the same ids, and rows that are alike still count each.
    """

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def give(self, item: Item) -> str:
        digest = blake2b(_encoder.encode(item), digest_size=16)
        key = digest.digest()[:8]
        times = self._seen[key]
        self._seen[key] = times + 1
        if times:
            digest.update(b"#%d" % times)
        return digest.hexdigest()


def event_maker(fields: Fields, zone: ZoneInfo) -> Maker:
    """Columns that are no field become properties of the event."""

    def make(row: Mapping[str, Any]) -> Item:
        item = _read_fields(row, fields, zone)
        properties = _rest(row, fields, "properties")
        return {**item, "properties": properties} if properties else item

    return make


def user_maker(fields: Fields, zone: ZoneInfo) -> Maker:
    """Columns that are no field become attributes of the user, from now on unless a column says since when.

    A user with an account belongs to it from then on.
    """

    def make(row: Mapping[str, Any]) -> Item:
        item = {"type": "identify", **_read_fields(row, fields, zone)}
        traits = _rest(row, fields, "traits")
        return {**item, "traits": traits} if traits else item

    return make


def _read_fields(row: Mapping[str, Any], fields: Fields, zone: ZoneInfo) -> Item:
    item: Item = {field: text for field, read in fields.readers.items() if (text := read(row))}
    _set_time(item, zone)
    return item


def _rest(row: Mapping[str, Any], fields: Fields, nested: str) -> Item:
    """The columns that are no field; an object in a column named `nested` holds more of them."""
    found: Item = {}
    for name, cell in row.items():
        if name not in fields.used:
            if name == nested and isinstance(cell, dict):
                found |= cell
            elif (value := as_value(cell)) is not None:
                found[name] = value
    return found


def _set_time(item: Item, zone: ZoneInfo) -> None:
    """Text without a zone is in the zone given; anything else is left to the format to read."""
    text = item.get("time")
    if text is None or zone.key == "UTC":
        return
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return
    if moment.tzinfo is None and not text.isdigit():
        item["time"] = moment.replace(tzinfo=zone).isoformat()
