"""Attribute values as they are kept: JSON, of bounded size, with one canonical text each to compare by."""

from typing import Any

import msgspec

MAX_FIELD = 200  # characters of a name
MAX_VALUE = 4000  # bytes of a value as JSON
_encoder = msgspec.json.Encoder(order="deterministic")


def canonical(value: Any) -> str:
    """The value as JSON, keys in order: equal values have equal texts, and ties settle the same way everywhere."""
    return _encoder.encode(value).decode()


def keepable(traits: dict[str, Any] | None) -> dict[str, Any]:
    """The traits that can be kept: names and values of bounded size, without NUL characters (databases refuse them)."""
    kept = {}
    for name, value in (traits or {}).items():
        text = canonical(value)
        if not 0 < len(name) <= MAX_FIELD or len(text) > MAX_VALUE:
            continue
        if "\0" in name or "\\u0000" in text:
            name, value = name.replace("\0", ""), msgspec.json.decode(text.replace("\\u0000", ""))
        kept[name] = value
    return kept
