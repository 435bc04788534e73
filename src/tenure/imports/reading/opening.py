"""Opens a file as what it is: by its content, not by what its name promises."""

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec
from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport
from tenure.imports.reading.delimited import Delimited
from tenure.imports.reading.excel import Excel
from tenure.imports.reading.json_lines import JsonLines
from tenure.imports.reading.parquet import Parquet
from tenure.imports.reading.sheet import Manner, Sheet
from tenure.imports.reading.text import SAMPLE, detect_encoding

_GZIP, _ZIP, _OLE, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
MOST_UNPACKED: Final = 2**31  # bytes of a packed Parquet file
_BROKEN: Final = (OSError, EOFError, zlib.error, UnicodeDecodeError)


def open_sheet(path: Path, manner: Manner | None = None) -> Sheet:
    """The file, its columns known. Raises BadImport, which says what is wrong with it and on which line."""
    manner = manner or Manner()
    size = path.stat().st_size
    if not size:
        raise BadImport(_("The file is empty."))
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_ZIP) and not _is_workbook(path):
        raise BadImport(_("This is a ZIP archive, not a table. Unpack it and import the files in it one by one."))
    if start.startswith((_ZIP, _OLE)):
        return Excel(path, path.open("rb"), size, manner.sheet)
    if start.startswith(_PARQUET):
        return Parquet(path.open("rb"), size)
    return _open_text(path.open("rb"), size, start.startswith(_GZIP), manner)


@contextmanager
def opened(path: Path, manner: Manner | None = None) -> Iterator[Sheet]:
    """As open_sheet, closed at the end; a file that breaks off while it is read is a BadImport too."""
    sheet = open_sheet(path, manner)
    try:
        yield sheet
    except _BROKEN as error:
        raise BadImport(_("The file breaks off: %(problem)s.") % {"problem": error}) from error
    finally:
        sheet.close()


def _open_text(file: IO[bytes], size: int, packed: bool, manner: Manner) -> Sheet:
    unpacked = io.BufferedReader(gzip.GzipFile(fileobj=file) if packed else file, SAMPLE)  # type: ignore[type-var]
    try:
        start = unpacked.peek(SAMPLE)
        if not packed and len(start) < SAMPLE:
            start = unpacked.peek(SAMPLE)
        if start.startswith(_PARQUET):
            return Parquet(_unpacked(unpacked), size)
        if start.startswith(_ZIP):
            raise BadImport(_("Inside the gzip file is no text. Unpack it and import what is in it."))
        encoding = manner.encoding or detect_encoding(start)
        text = start[:4096].decode(encoding, errors="replace").removeprefix("\ufeff").lstrip()
        if not text:
            raise BadImport(_("The file is empty."))
        if text.startswith(("{", "[")) and not manner.delimiter:
            whole = text.startswith("[") or _is_whole(text)
            return JsonLines(file, unpacked, size, encoding, whole=whole)
        return Delimited(file, unpacked, size, encoding, manner.delimiter)
    except _BROKEN as error:
        raise BadImport(_("The file cannot be read: %(problem)s.") % {"problem": error}) from error


def _unpacked(packed: IO[bytes]) -> IO[bytes]:
    """The content as a file of its own: Parquet is read from its end."""
    whole = tempfile.TemporaryFile()  # noqa: SIM115  (whoever reads it closes it)
    while block := packed.read(SAMPLE):
        if whole.tell() > MOST_UNPACKED:
            whole.close()
            raise BadImport(_("Unpacked, the file has more than %(most)d MB.") % {"most": MOST_UNPACKED // 2**20})
        whole.write(block)
    packed.close()
    return whole


def _is_whole(text: str) -> bool:
    """One object over many lines, or one that holds objects by id, instead of an object a line."""
    first, _end, rest = text.partition("\n")
    try:
        found = msgspec.json.decode(first)
    except (msgspec.DecodeError, RecursionError):
        return rest[:1] in (" ", "\t", '"')
    only = next(iter(found.values())) if isinstance(found, dict) and len(found) == 1 else None
    return isinstance(only, dict) and bool(only) and all(isinstance(each, dict) for each in only.values())


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        raise BadImport(_("This file is a damaged archive: %(problem)s.") % {"problem": error}) from error
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
