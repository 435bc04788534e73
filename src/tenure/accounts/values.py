"""Attribute values as they are kept: JSON, of bounded size, with one canonical text each to compare by."""

from typing import Any

import msgspec

from tenure.lib.nul import without_nul

MAX_FIELD = 200  # characters of a name
MAX_VALUE = 4000  # bytes of a value as JSON
_WRITTEN_OUT = 1e16  # from here on JSON writes fractions with an exponent, and PostgreSQL without: they come back whole
_encoder = msgspec.json.Encoder(order="deterministic")


def canonical(value: Any) -> str:
    """The value as JSON, keys in order: equal values have equal texts, and ties settle the same way everywhere."""
    return _encoder.encode(value).decode()


def keepable(traits: dict[str, Any] | None) -> dict[str, Any]:
    """The traits that can be kept, as every database gives them back: names and values of bounded size, without NUL
    characters (databases refuse them), and large numbers written out.
    """
    kept = {}
    for name, value in without_nul(traits or {}).items():
        if 0 < len(name) <= MAX_FIELD and len(canonical(value)) <= MAX_VALUE:
            kept[name] = _written_out(value)
    return kept


def _written_out(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if abs(value) >= _WRITTEN_OUT else value or 0.0  # PostgreSQL knows no -0.0
    if isinstance(value, list):
        return [_written_out(each) for each in value]
    if isinstance(value, dict):
        return {name: _written_out(each) for name, each in value.items()}
    return value
