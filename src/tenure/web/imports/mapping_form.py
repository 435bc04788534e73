"""The form in which one says which column is which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tenure.imports.columns import ColumnSeen, Mapped
from tenure.imports.kinds.all import kind_named
from tenure.imports.kinds.kind import Kind, Target
from tenure.imports.models import FileImport
from tenure.imports.reading.delimited import DELIMITERS
from tenure.imports.reading.text import ENCODINGS
from tenure.imports.values.days import Order
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


def mapping_form(
    kind: Kind,
    columns: Sequence[Mapping[str, Any]],
    mapped: Mapped,
    problems: Mapping[str, str] | None = None,
    *,
    system: str = "",
    sheets: Sequence[str] = (),
) -> MappingForm:
    """The form with what is chosen so far. `system` sends the table: the fields it owns are open to it."""
    seen = [ColumnSeen.of(each) for each in columns]
    targets = [replace(each, locked="") if each.locked == system else each for each in kind.targets()]
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
        sheets=list(sheets),
    )


def of_file(file_import: FileImport, mapped: Mapped, problems: Mapping[str, str] | None = None) -> MappingForm:
    """That of a file that was uploaded."""
    sheets = file_import.manner.get("sheets", [])
    return mapping_form(kind_named(file_import.kind), file_import.columns, mapped, problems, sheets=sheets)


def read_mapping(posted: Any, columns: Sequence[Mapping[str, Any]]) -> tuple[Mapped, dict[str, str]]:
    """What was chosen, and what is wrong with it by field."""
    fields: dict[str, str] = {}
    ignored, orders, problems = set(), {}, {}
    for place, column in enumerate(columns):
        to, name = posted.get(f"to-{place}", ""), column["name"]
        if to == REST:
            pass
        elif not to:
            ignored.add(name)
        elif to in fields:
            said = _("“%(first)s” and “%(second)s” cannot both be this field.")
            problems[to] = said % {"first": fields[to], "second": name}
        else:
            fields[to] = name
        order = posted.get(f"order-{place}", "")
        if order in set(Order):
            orders[name] = Order(order)
    return Mapped(fields, frozenset(ignored), orders), problems
