"""Imports as programs read and write them."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from tenure.accounts.leaving.traces import Why
from tenure.api.asked import Body, Text, Word
from tenure.api.errors import Refusal
from tenure.imports.columns import Mapped
from tenure.imports.customers import customers_of
from tenure.imports.kinds.kind import Kind
from tenure.imports.models import FileImport, ImportState
from tenure.imports.models import Refusal as RefusedRow
from tenure.imports.reading.delimited import DELIMITERS
from tenure.imports.reading.sheet import Manner
from tenure.imports.reading.text import ENCODINGS
from tenure.imports.values.days import Order

READ: Final = ("encoding", "delimiter", "sheet")
Place = Annotated[Text, Field(min_length=1, max_length=1_000)]


class TargetShown(Schema):
    """A field that a column can be."""

    key: str
    name: str
    required: bool


class KindShown(Schema):
    """A kind of file. Of each group in `needed` any one field must have a column."""

    key: str
    title: str
    targets: list[TargetShown]
    needed: list[list[str]]


class ColumnShown(Schema):
    """A column of the file: what it seems to hold, and its first values."""

    name: str
    holds: str
    samples: list[str]


class Mapping(Body):
    """`fields`: which column each field takes. `ignored` columns are left out; the rest is kept as attributes, where
    the kind keeps them. `orders`: whether dates of a column begin with the day or the month.
    """

    fields: Annotated[dict[Word, Place], Field(max_length=1_000)]
    ignored: Annotated[list[Place], Field(max_length=1_000)] = []
    orders: Annotated[dict[Place, Order], Field(max_length=1_000)] = {}

    def mapped(self) -> Mapped:
        return Mapped(self.fields, frozenset(self.ignored), self.orders)


class Reading(Body):
    """How to read a file; what is left out is found out. `sheet` is the name of one of a workbook's."""

    encoding: Text = ""
    delimiter: Text = ""
    sheet: Annotated[Text, Field(max_length=200)] = ""

    def manner(self) -> Manner:
        """Raises Refusal."""
        for name, known in (("encoding", ENCODINGS), ("delimiter", DELIMITERS)):
            value = getattr(self, name)
            if value and value not in known:
                said = _("“%(value)s” cannot be chosen. Those there are: %(known)s.")
                shown = {"value": value[:60], "known": " ".join(map(repr, known))}
                raise Refusal(422, said % shown, path=f"body.{name}")
        return Manner(self.encoding, self.delimiter, self.sheet)


class ReadingShown(Schema):
    """How a file is read; `sheets` are those of a workbook."""

    encoding: str
    delimiter: str
    sheet: str
    sheets: list[str]


class Counts(Schema):
    """Rows, by what became of them or, before the import, would."""

    new: int
    changed: int
    same: int
    refused: int


class ImportShown(Schema):
    """A file from its upload to its end. `checked` is what the dry run found, `brought` what was imported so far;
    `progress` the share done of what is at work, from 0 to 1.
    """

    id: int
    kind: str
    name: str
    bytes: int
    format: str
    reading: ReadingShown
    state: ImportState
    columns: list[ColumnShown]
    mapping: dict[str, Any]
    checked: Counts | None
    brought: Counts | None
    progress: float | None
    error: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class StayingShown(Schema):
    """So many customers stay, and what names them: `events`, other `files`, what `members` did, or `records`."""

    why: Why
    count: int


class UndoingShown(Schema):
    """Of the customers that the file brought: how many go with it, and how many stay, without what it said of them.
    `waiting` are not looked at yet.
    """

    go: int
    stay: list[StayingShown]
    waiting: int


class ProblemShown(Schema):
    """What is wrong with a cell; of the whole row where `column` is empty."""

    column: str
    value: str
    reason: str


class RefusalShown(Schema):
    """A row that was refused, as it stood in the file."""

    line: int
    problems: list[ProblemShown]
    cells: list[str]


def show_kind(kind: Kind) -> KindShown:
    targets = [TargetShown(key=each.key, name=str(each.label), required=each.required) for each in kind.targets()]
    needed = [list(group) for group in kind.needed()]
    return KindShown(key=kind.key, title=str(kind.title), targets=targets, needed=needed)


def show_import(file_import: FileImport) -> ImportShown:
    checked, job, manner = file_import.checked, file_import.job, file_import.manner
    begun = file_import.done_rows > 0
    return ImportShown(
        id=file_import.pk,
        kind=file_import.kind,
        name=file_import.name,
        bytes=file_import.bytes,
        format=file_import.format,
        reading=ReadingShown(**{name: manner.get(name, "") for name in READ}, sheets=manner.get("sheets", [])),
        state=ImportState(file_import.state),
        columns=[show_column(each) for each in file_import.columns],
        mapping=file_import.mapping,
        checked=None if checked is None else Counts(**{name: checked[name] for name in Counts.model_fields}),
        brought=Counts(**{name: getattr(file_import, name) for name in Counts.model_fields}) if begun else None,
        progress=job.done_units / job.total_units if job and job.total_units else None,
        error=file_import.error,
        created_at=file_import.created_at,
        started_at=file_import.started_at,
        ended_at=file_import.ended_at,
    )


def show_undoing(file_import: FileImport) -> UndoingShown:
    found = customers_of(file_import)
    if found is None:
        return UndoingShown(go=0, stay=[], waiting=0)
    stay = [StayingShown(why=each.why, count=each.count) for each in found.stay]
    return UndoingShown(go=found.go, stay=stay, waiting=found.waiting)


def show_column(kept: dict[str, Any]) -> ColumnShown:
    """A column as imports and syncs keep it."""
    return ColumnShown(name=kept["name"], holds=kept["holds"], samples=kept["samples"])


def show_refusal(row: RefusedRow) -> RefusalShown:
    problems = [ProblemShown(column=column, value=value, reason=reason) for column, value, reason in row.problems]
    return RefusalShown(line=row.line, problems=problems, cells=row.cells)
