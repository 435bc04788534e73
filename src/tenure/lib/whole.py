"""Whole numbers that come as text from outside: ids in addresses and forms, pages, numbers of days."""

from collections.abc import Iterable

MOST_DIGITS = 9  # so that any database's integers and ids hold it


def whole(text: str, most_digits: int = MOST_DIGITS) -> int | None:
    """The number, 0 or more, of a text that is nothing but the digits 0 to 9; else, and when it is longer, None.

    Digits of other scripts, which Python's int() reads, are none here: a thing has one address.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= most_digits else None


def wholes(texts: Iterable[str]) -> list[int]:
    """The numbers among the texts, in their order."""
    return [number for number in map(whole, texts) if number is not None]
