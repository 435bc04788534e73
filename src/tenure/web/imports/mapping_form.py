"""The form in which one says which column is which field."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenure.imports.columns import ColumnSeen, Mapped
from tenure.imports.kinds.all import kind_named
from tenure.imports.kinds.kind import Target
from tenure.imports.models import FileImport
from tenure.imports.reading.delimited import DELIMITERS
from tenure.imports.reading.text import ENCODINGS
from tenure.imports.values.detecting import HOLDS_WORDS, Holds

REST = "*"


@dataclass(frozen=True)
class ColumnRow:
    """A column in the form. `to` is what is chosen: a field's key, "*" for keeping it as it is, "" for nothing."""

    place: int
    column: ColumnSeen
    holds: str
    to: str
    order: str
    asks_order: bool


@dataclass(frozen=True)
class MappingForm:
    """`groups` are the fields to choose from, by card; `reading` is how the file is read."""

    columns: list[ColumnRow]
    groups: list[tuple[str, list[Target]]]
    problems: Mapping[str, str]
    missing: list[str]
    encodings: tuple[str, ...]
    delimiters: list[tuple[str, str]]
    sheets: list[str]


def mapping_form(file_import: FileImport, mapped: Mapped, problems: Mapping[str, str] | None = None) -> MappingForm:
    """The form with what is chosen so far."""
    kind = kind_named(file_import.kind)
    targets, seen = kind.targets(), [ColumnSeen.of(each) for each in file_import.columns]
    chosen = {column: key for key, column in mapped.fields.items()}
    otherwise = REST if kind.rest else ""
    rows = [
        ColumnRow(
            place=place,
            column=column,
            holds=str(HOLDS_WORDS[column.holds]),
            to=chosen.get(column.name) or ("" if column.name in mapped.ignored else otherwise),
            order=(mapped.orders.get(column.name) or column.order or ""),
            asks_order=column.unsure or (column.order is not None and column.holds in (Holds.DAY, Holds.MOMENT)),
        )
        for place, column in enumerate(seen)
    ]
    groups: dict[str, list[Target]] = {}
    for target in targets:
        groups.setdefault(str(target.group), []).append(target)
    labels = {target.key: str(target.label) for target in targets}
    missing = [
        _(" or ").join(labels[key] for key in group)
        for group in kind.needed()
        if not any(key in mapped.fields for key in group)
    ]
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": "|"}
    return MappingForm(
        columns=rows,
        groups=list(groups.items()),
        problems=problems or {},
        missing=missing,
        encodings=ENCODINGS,
        delimiters=[(mark, names[mark]) for mark in DELIMITERS],
        sheets=file_import.manner.get("sheets", []),
    )
