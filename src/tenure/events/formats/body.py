"""Bytes as they come over the wire: unpacked within bounds, and read as JSON that cannot hurt anyone."""

import binascii
import re
from typing import TypeVar
from urllib.parse import unquote_to_bytes

import msgspec
from isal import isal_zlib
from isal.igzip_lib import IsalError

from tenure.events.message import BadBody, Request
from tenure.events.reasons import Reason

#: Separators in a body, so values it may hold: bounds the memory it takes once read. Counted from this size on.
MAX_VALUES = 1_000_000
COUNTED_FROM_BYTES = 2**20

#: Escapes a body may hold when they must be looked at one by one: about a third of a second's work.
MAX_ESCAPES = 300_000

GZIP_MAGIC = b"\x1f\x8b"
T = TypeVar("T")

_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F]..|u0000|.)", re.S)
_URL_SAFE = bytes.maketrans(b"-_ ", b"+/+")


def unpack(request: Request, max_decoded: int) -> bytes:
    """The body without its content encoding, at most `max_decoded` bytes. Raises BadBody."""
    encoding = request.content_encoding.strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        return gunzip(request.body, max_decoded)
    if encoding not in {"", "identity"}:
        raise BadBody(415, Reason.BAD_ENCODING, f"Content-Encoding {encoding!r} is not supported; send gzip or none.")
    return bounded(request.body, max_decoded)


def bounded(data: bytes, max_decoded: int) -> bytes:
    if len(data) > max_decoded:
        raise BadBody(413, Reason.BODY_TOO_LARGE, f"The body is larger than {max_decoded} bytes unpacked.")
    return data


def gunzip(data: bytes, max_decoded: int) -> bytes:
    """The unpacked bytes of one or more gzip members; stops as soon as there are too many. Raises BadBody."""
    parts: list[bytes] = []
    room = max_decoded + 1
    try:
        while data:
            member = isal_zlib.decompressobj(31)
            part = member.decompress(data, room)
            room -= len(part)
            parts.append(part)
            if room <= 0:
                raise BadBody(413, Reason.BODY_TOO_LARGE, f"The body unpacks to more than {max_decoded} bytes.")
            if not member.eof:
                raise BadBody(400, Reason.BAD_ENCODING, "The gzip body is cut off.")
            data = member.unused_data.lstrip(b"\0")  # some writers pad
    except IsalError as error:  # type: ignore[misc]  # its stub does not say that it is an exception
        raise BadBody(400, Reason.BAD_ENCODING, f"The body is not readable gzip: {error}") from error
    return b"".join(parts)


def unbase64(text: bytes) -> bytes:
    """Base64, standard or URL-safe, padded or not. Raises BadBody."""
    text = text.translate(_URL_SAFE, b"\r\n").rstrip(b"=")  # an unescaped + arrives as a space
    try:
        return binascii.a2b_base64(text + b"=" * (-len(text) % 4), strict_mode=True)
    except binascii.Error as error:
        raise BadBody(400, Reason.BAD_ENCODING, f"The data is not readable base64: {error}") from error


def form(data: bytes) -> dict[str, bytes]:
    """Fields of a form or a query string; the last one wins. Raises BadBody.

    "+" is left as it is: our values are base64 or plain.
    """
    check_escapes(data, b"%")
    fields: dict[str, bytes] = {}
    for pair in data.split(b"&", 64)[:64]:
        name, _, value = pair.partition(b"=")
        fields[unquote_to_bytes(name).decode("utf-8", "replace")] = unquote_to_bytes(value)
    return fields


def read_json(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    """The JSON as the decoder's type. Raises BadBody for what is no JSON, msgspec.ValidationError for a wrong shape.

    NUL characters and halves of surrogate pairs, which clients make by cutting text in the middle of an emoji, become
    U+FFFD: no database takes them.
    """
    check_size(data)
    if 92 in data and b"\\u0000" in data:  # 92 is the backslash; looking for one byte is much faster than for six
        data = mend(data)
    try:
        if not data.isascii():
            data.decode()  # raw parts are taken over unread, so the text as a whole must be sound
        return decoder.decode(data)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        mended = mend(data)
        if mended != data:
            return read_json(decoder, mended)
        raise BadBody(400, Reason.BAD_JSON, explain(error)) from error


def check_size(data: bytes) -> None:
    """Raises BadBody for a body with so many values that reading it would take memory out of all proportion."""
    if len(data) > COUNTED_FROM_BYTES and data.count(b",") + data.count(b"{") + data.count(b"[") > MAX_VALUES:
        raise BadBody(413, Reason.BODY_TOO_LARGE, f"The body holds more than {MAX_VALUES} values; send smaller ones.")


def check_escapes(data: bytes, sign: bytes) -> None:
    """Raises BadBody for a text with so many escapes that others would wait for it."""
    if len(data) > MAX_ESCAPES and data.count(sign) > MAX_ESCAPES:
        raise BadBody(413, Reason.BODY_TOO_LARGE, f"The body holds more than {MAX_ESCAPES} escapes; send smaller ones.")


def mend(data: bytes) -> bytes:
    """JSON text without byte order mark, and with U+FFFD for NUL and for lone surrogates. Raises BadBody."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if 92 not in data:
        return data
    check_escapes(data, b"\\")
    return _ESCAPE.sub(_whole_or_replaced, data)


def _whole_or_replaced(match: re.Match[bytes]) -> bytes:
    text = match[0]
    return b"\\ufffd" if len(text) == 6 else text  # a pair has 12 bytes, any other escape 2


def explain(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "The JSON is nested too deeply."
    if isinstance(error, UnicodeDecodeError):
        return f"The text is not UTF-8: {error.reason} at byte {error.start}."
    return f"{error}."
