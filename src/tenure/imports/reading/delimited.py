"""CSV and its like: the delimiter is detected, quoted cells may have line breaks."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any, ClassVar, Final

from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport
from tenure.imports.reading.sheet import MAX_LINE, Line, Manner, Sheet, named_columns, ragged
from tenure.imports.reading.text import TextLine, read_lines

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_LINES: Final = 50
_SEP: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


class Delimited(Sheet):
    format: ClassVar[str] = "csv"

    def __init__(self, file: IO[bytes], unpacked: IO[bytes], size: int, encoding: str, delimiter: str = "") -> None:
        super().__init__(file, size)
        self._text = read_lines(unpacked.read, encoding)
        ahead = list(islice(self._text, _SAMPLE_LINES))
        while ahead and not ahead[0].problem and not ahead[0].text.strip("\ufeff \t\r\n,;|"):
            ahead.pop(0)  # empty lines above the header
        if ahead and (said := _SEP.fullmatch(ahead[0].text.strip())):
            delimiter, ahead = delimiter or said[1], ahead[1:]
        if not ahead:
            raise BadImport(_("The file is empty."))
        if ahead[0].problem:
            raise BadImport(_("Line %(line)d: %(problem)s") % {"line": ahead[0].number, "problem": ahead[0].problem})
        delimiter = delimiter or detect_delimiter([line.text for line in ahead if not line.problem])
        self.manner = Manner(encoding, delimiter)
        self._rows = _Rows(ahead, self._text, delimiter)
        header = next(iter(self._rows), None)
        if header is None or header.problem:
            raise BadImport(
                _("Line 1: the header cannot be read: %(problem)s") % {"problem": header and header.problem}
            )
        self.columns = named_columns(header.cells, header.number)

    def lines(self) -> Iterator[Line]:
        width = len(self.columns)
        for line in self._rows:
            cells = line.cells
            if len(cells) == width or line.problem:
                yield line
            elif len(cells) > width and not any(cells[width:]):
                yield line._replace(cells=cells[:width])
            elif any(cells):
                text = self.manner.delimiter.join(cells)[:MAX_LINE]
                yield Line(line.number, (), ragged(len(cells), width), text)


class _Rows:
    """Rows as the reader of the standard library makes them of lines, each with the line on which it began.

    A quote that nobody closes would swallow what follows: then its first line is refused and the others are read anew.
    """

    def __init__(self, ahead: Sequence[TextLine], rest: Iterator[TextLine], delimiter: str) -> None:
        self._again: deque[TextLine] = deque(ahead)
        self._rest = rest
        self._taken: list[TextLine] = []
        self._size = 0
        self._reader = csv.reader(self._feed(), delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[Line]:
        csv.field_size_limit(MAX_LINE)
        while True:
            self._taken.clear()
            self._size = 0
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except _BadLine as bad:
                yield from self._refuse(bad.line)
            except csv.Error as error:
                yield self._broken(str(error))
            else:
                if cells:
                    yield Line(self._taken[0].number, cells)
                elif not self._taken:
                    return

    def _feed(self) -> Any:
        return _Feed(self)

    def _take(self) -> str:
        line = self._again.popleft() if self._again else next(self._rest, None)
        if line is None:
            raise StopIteration
        if line.problem:
            raise _BadLine(line)
        self._taken.append(line)
        self._size += len(line.text)
        if self._size > MAX_LINE and len(self._taken) > 1:
            raise csv.Error("unexpected end of data")
        return line.text

    def _refuse(self, bad: TextLine) -> Iterator[Line]:
        """A line that is no text, and before it the row it broke into, if any."""
        if self._taken:
            yield self._broken("unexpected end of data", bad)
        else:
            yield Line(bad.number, (), bad.problem, bad.text)

    def _broken(self, error: str, also: TextLine | None = None) -> Line:
        first, *others = self._taken
        self._again.extendleft(reversed([*others, *([also] if also else [])]))
        return Line(first.number, (), _said(error), first.text.rstrip("\r\n"))


class _Feed:
    """What the reader asks for its next line; unlike a generator it goes on after it has raised."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        return self._rows._take()


class _BadLine(Exception):
    def __init__(self, line: TextLine) -> None:
        super().__init__(line.problem)
        self.line = line


def detect_delimiter(texts: Sequence[str]) -> str:
    """The delimiter by which most of these lines have as many cells as the first, and that are several."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            rows = [len(row) for row in csv.reader(texts, delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0
        return (sum(row == rows[0] for row in rows), rows[0]) if rows and rows[0] > 1 else (0, 0)

    best = max(DELIMITERS, key=fit)
    return best if fit(best)[0] else max(DELIMITERS, key=texts[0].count if texts else "".count)


def _said(error: str) -> str:
    if "unexpected end" in error or "field larger" in error:
        return _("A quotation mark opens here and is never closed.")
    if "expected after" in error:
        return _("After a closing quotation mark there is text. A quotation mark within a cell is written twice.")
    return _("The row cannot be read: %(problem)s.") % {"problem": error}
