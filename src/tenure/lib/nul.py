"""NUL characters, which PostgreSQL takes in no text and SQLite in none of JSON."""

from typing import Any


def without_nul(value: Any) -> Any:
    """A JSON value without them, in its texts and the names of its fields too."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [without_nul(each) for each in value]
    if isinstance(value, dict):
        return {without_nul(name): without_nul(each) for name, each in value.items()}
    return value
