"""The refused rows of an import as a file: to be corrected in a spreadsheet and sent again."""

from collections.abc import Iterator, Sequence

from tenure.imports.columns import refused_heads
from tenure.imports.models import FileImport
from tenure.lib import csv


def refused_csv(file_import: FileImport) -> Iterator[bytes]:
    """The rows as they stood in the file, and after them their line and what is wrong. No cell runs as a formula.

    The two columns more are left out when the file is imported again.
    """
    heads = [column["name"] for column in file_import.columns]
    return csv.lines([*heads, *refused_heads()], _rows(file_import, len(heads)))


def _rows(file_import: FileImport, width: int) -> Iterator[Sequence[str | int]]:
    rows = file_import.refusals.filter(checked=file_import.done_rows == 0).order_by("line", "pk")
    for row in rows.iterator(2_000):
        cells = [*row.cells, *[""] * width][:width]
        why = "; ".join(f"{column}: {reason}" if column else reason for column, _value, reason in row.problems)
        yield [*cells, row.line, why]
