"""Rows as CSV that a spreadsheet opens safely: UTF-8 with a byte order mark, no cell that runs as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

Value = str | float | int | date | datetime | None

BOM = "\ufeff"  # without it Excel reads Chinese text in the system's old encoding
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    def write(self, text: str) -> str:
        return text


def escape(value: Value) -> Value:
    """Text that a spreadsheet would run gets an apostrophe before it; numbers and dates stay as they are."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS_FORMULA):
        return "'" + value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value


def unescape(text: str) -> str:
    """A cell as it was before `escape`, for files that come back."""
    return text[1:] if text[:1] == "'" and text[1:].lstrip(" ").startswith(_STARTS_FORMULA) else text


def lines(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The file piece by piece, so that the whole is never in memory."""
    writer = csv.writer(_Echo())
    yield (BOM + str(writer.writerow([escape(head) for head in heads]))).encode()
    for row in rows:
        yield str(writer.writerow([escape(value) for value in row])).encode()
