"""Rows as an Excel file, written to disk row by row so that memory stays flat."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

import xlsxwriter

from tenure.lib.csv import Value

MAX_ROWS = 1_048_575  # a sheet's limit, less the head


def workbook(sheet: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """A temporary file at its beginning; closing it removes it."""
    file = tempfile.TemporaryFile(prefix="tenure-export-")  # noqa: SIM115 — the caller streams and closes it
    write_workbook(file, sheet, heads, rows)
    file.seek(0)
    return file


def write_workbook(file: IO[bytes], sheet: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Writes the rows to an open file. Text is never taken for a formula or a link.

    Rows beyond a sheet's limit are left out and the last row says so.
    """
    never = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "nan_inf_to_errors": True, **never})
    page = book.add_worksheet(_sheet_name(sheet))
    bold = book.add_format({"bold": True})
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 28)
    page.set_column(1, max(1, len(heads) - 1), 16)
    for column, head in enumerate(heads):
        page.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        if number == MAX_ROWS:
            page.write_string(number, 0, "…")
            break
        for column, value in enumerate(row):
            _write(page, number, column, value, formats)
    book.close()


def _write(page: Any, row: int, column: int, value: Value, formats: Mapping[Any, object]) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, column, moment, formats[datetime])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats[date])
    elif isinstance(value, str):
        page.write_string(row, column, value[:32_767])
    else:
        page.write_number(row, column, value)


def _sheet_name(text: str) -> str:
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in text)[:31] or "Tenure"
