"""Excel files (xlsx, xlsm, xls) and OpenDocument tables: values as they were last computed, nothing is run."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, ClassVar, Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from tenure.imports.errors import BadImport
from tenure.imports.reading.sheet import Line, Manner, Sheet, named_columns

MOST_UNPACKED: Final = 200 * 2**20  # bytes of a workbook; a larger one is saved as CSV
_CHUNK: Final = 2**20


class Excel(Sheet):
    format: ClassVar[str] = "excel"

    def __init__(self, path: Path, file: IO[bytes], size: int, sheet: str = "") -> None:
        super().__init__(file, size)
        if zipfile.is_zipfile(path):
            check_unpacked(path)
        elif size > MOST_UNPACKED:
            raise BadImport(_too_large())
        try:
            self._book = CalamineWorkbook.from_path(str(path))
            self.sheets = tuple(self._book.sheet_names)
            if sheet and sheet not in self.sheets:
                raise BadImport(_("There is no sheet “%(name)s”.") % {"name": sheet})
            self.manner = Manner(sheet=sheet or self._first_filled())
            page = self._book.get_sheet_by_name(self.manner.sheet)
            self._start = page.start[0] + 1 if page.start else 1
            self._rows: Iterator[Sequence[Any]] = iter(page.iter_rows())
            self._count = page.total_height
        except (CalamineError, OSError, ValueError) as error:
            raise BadImport(_("This Excel file cannot be read: %(problem)s.") % {"problem": error}) from error
        self._read = 0
        header = next((row for row in self._numbered() if any(cell not in (None, "") for cell in row[1])), None)
        if header is None:
            raise BadImport(_("The sheet “%(name)s” is empty.") % {"name": self.manner.sheet})
        self.columns = named_columns([plain_cell(cell) for cell in header[1]], header[0])

    @property
    def done(self) -> int:
        return int(self.size * self._read // max(self._count, 1))

    def lines(self) -> Iterator[Line]:
        width = len(self.columns)
        for number, cells in self._numbered():
            values = [plain_cell(cell) for cell in cells]
            if not any(value not in (None, "") for value in values):
                continue
            beyond = values[width:]
            if any(value not in (None, "") for value in beyond):
                text = "\t".join("" if value is None else str(value) for value in values)
                yield Line(number, (), _("The row has cells beyond the last named column."), text)
            else:
                yield Line(number, values[:width])

    def _numbered(self) -> Iterator[tuple[int, Sequence[Any]]]:
        for row in self._rows:
            self._read += 1
            yield self._read, row

    def _first_filled(self) -> str:
        for name in self.sheets:
            if self._book.get_sheet_by_name(name).total_height:
                return name
        raise BadImport(_("The file is empty."))


def check_unpacked(path: Path) -> None:
    """Unpacks a file's parts without keeping them; raises BadImport for one that grows beyond all measure."""
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise BadImport(_too_large())
            for part in archive.infolist():
                with archive.open(part) as content:  # reads no more than the size it claims, and checks the sum
                    while chunk := content.read(_CHUNK):
                        total += len(chunk)
                        if total > MOST_UNPACKED:
                            raise BadImport(_too_large())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise BadImport(_("This Excel file is damaged: %(problem)s.") % {"problem": error}) from error


def plain_cell(cell: Any) -> Any:
    """A cell's value: whole numbers without a decimal point, empty text as nothing."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, str):
        return cell.replace("\0", "") or None
    return cell


def _too_large() -> str:
    most = MOST_UNPACKED // 2**20
    return _("This Excel file is larger than %(most)d MB once unpacked. Save it as CSV and import that.") % {
        "most": most
    }
