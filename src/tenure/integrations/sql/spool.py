"""Rows of an answer as a file that imports can read: JSON Lines, packed."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

_PIECE: Final = 2**18  # bytes of rows that are packed together


def packed_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """One JSON object a row, as gzip; the same rows give the same bytes. Nothing at all for no row."""
    encode = msgspec.json.Encoder(enc_hook=_plain, decimal_format="string").encode
    packer = zlib.compressobj(1, wbits=31)
    lines: list[bytes] = []
    size = 0
    any_row = False
    for row in rows:
        any_row = True
        line = encode(dict(zip(names, map(_cell, row), strict=True)))
        lines.append(line)
        size += len(line)
        if size >= _PIECE:
            yield packer.compress(b"\n".join(lines) + b"\n")
            lines, size = [], 0
    if any_row:
        yield packer.compress(b"\n".join([*lines, b""]) if lines else b"") + packer.flush()


def _cell(value: Any) -> Any:
    """Bytes are text here; JSON would have them in base64."""
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | bytearray | memoryview) else value


def _plain(value: Any) -> str:
    """What JSON has no word for: an address, an interval, a range."""
    return str(value)
