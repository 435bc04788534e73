"""The refused rows of an import as a file: to be corrected in a spreadsheet and sent again."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.imports.columns import refused_heads
from tenure.imports.models import FileImport
from tenure.imports.running import subject
from tenure.lib import csv
from tenure.people.models import Member

TAKEN = verb("import.refused_taken", gettext_lazy("{by} took away the refused rows of {subject}"), on_timeline=False)


def take_refused(file_import: FileImport, actor: Member) -> Iterator[bytes]:
    """As refused_csv, and writes down who took it."""
    with transaction.atomic():
        record(TAKEN, actor, subject=subject(file_import))
    return refused_csv(file_import)


def refused_name(file_import: FileImport) -> str:
    """What the file is called."""
    return f"{file_import.name.rpartition('.')[0] or file_import.name}-refused.csv"


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
