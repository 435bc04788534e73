"""Bytes as lines of text: which encoding, and never more than a line's limit in memory."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport
from tenure.imports.reading.sheet import MAX_LINE

SAMPLE: Final = 2**18  # bytes an encoding is told by
BLOCK: Final = 2**18
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Those a person may choose from.
ENCODINGS: Final = ("utf-8", "gb18030", "utf-16", "windows-1252", "big5", "shift_jis")
_SURROGATE: Final = re.compile("[\udc80-\udcff]")
_HAN: Final = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")  # the Chinese characters of GB 2312: nearly all that people write
_HIGH: Final = re.compile(rb"[\x80-\xff]")


class TextLine(NamedTuple):
    """A line with its end; `problem` says why it cannot be used."""

    number: int
    text: str
    problem: str = ""


def detect_encoding(start: bytes) -> str:
    """The encoding of a file that begins so; raises BadImport when it is no text at all."""
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if _is_utf8(start):
        if start.count(b"\0") > len(start) // 8:
            return _wide(start)
        return "utf-8"
    if b"\0" in start:
        return _wide(start)
    high = len(_HIGH.findall(start))
    if 2 * len(_HAN.findall(start)) >= 0.8 * high and _decodes(start, "gb18030"):
        return "gb18030"
    return "windows-1252"


def read_lines(read: Callable[[int], bytes], encoding: str) -> Iterator[TextLine]:
    """The lines of a file, decoded; bytes that are none in the encoding spoil their line only."""
    decode = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)("surrogateescape").decode
    rest, number, dropping, first = "", 1, False, True
    while block := read(BLOCK):
        text = decode(block)
        if first:
            text, first = text.removeprefix("\ufeff"), False
            only_returns = "\n" not in text and "\r" in text
        if only_returns:
            text = text.replace("\r", "\n")
        suspect = bool(_SURROGATE.search(text)) or "\0" in text
        parts = (rest + text).split("\n")
        rest = parts.pop()
        for part in parts:
            if dropping:
                dropping = False
                yield TextLine(number, part[:200], _too_long())
            elif suspect or len(part) > MAX_LINE:
                yield _checked(number, part)
            else:
                yield TextLine(number, part + "\n")
            number += 1
        if len(rest) > MAX_LINE:
            dropping, rest = True, rest[:200]
        elif suspect and rest:
            parts = [rest]
    rest += decode(b"", True)
    if rest:
        yield TextLine(number, rest[:200], _too_long()) if dropping else _checked(number, rest)


def _checked(number: int, text: str) -> TextLine:
    if len(text) > MAX_LINE:
        return TextLine(number, text[:200], _too_long())
    if "\0" in text:
        return TextLine(number, text, _("The line has NUL bytes: it is no text."))
    if found := _SURROGATE.search(text):
        said = _("Character %(place)d is not in the file's encoding.") % {"place": found.start() + 1}
        return TextLine(number, text.encode(errors="replace").decode(), said)
    return TextLine(number, text + "\n")


def _too_long() -> str:
    return _("The line has more than %(most)d characters.") % {"most": MAX_LINE}


def _is_utf8(start: bytes) -> bool:
    try:
        start.decode()
    except UnicodeDecodeError as error:
        return len(start) >= SAMPLE - 4 and error.start > len(start) - 4  # a character cut by the end of the sample
    return True


def _decodes(start: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: of Latin text every other byte is NUL."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > 4 * even and odd > len(start) // 16:
        return "utf-16-le"
    if even > 4 * odd and even > len(start) // 16:
        return "utf-16-be"
    raise BadImport(_("Line 1: this is no text file: it has NUL bytes. Save the table as CSV (UTF-8) or as Excel."))
