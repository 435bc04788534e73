"""Rows of a file as what a kind wants of them, each cell read as the value of its field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tenure.imports.columns import ColumnSeen, Mapped, columns_of, fill
from tenure.imports.kinds.kind import Given, Kind, Setting, Target
from tenure.imports.reading.sheet import Line
from tenure.imports.values.days import Order, read_day
from tenure.imports.values.detecting import Holds
from tenure.imports.values.errors import BadCell
from tenure.imports.values.numbers import read_number
from tenure.imports.values.texts import read_text, read_yes_no
from tenure.lib.csv import unescape

Problem = tuple[str, str, str]


class RefusedRow(NamedTuple):
    """A row that is not taken: `problems` are (column, value, reason), `cells` its texts as they stand in the file."""

    line: int
    problems: Sequence[Problem]
    cells: Sequence[str]


class Rows:
    """Reads lines of one file. `replacing` maps a field to other values for what its column says (a look-up)."""

    def __init__(
        self,
        kind: Kind,
        columns: Sequence[ColumnSeen],
        mapped: Mapped,
        setting: Setting,
        replacing: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._setting = setting
        self._places = {column.name: place for place, column in enumerate(columns)}
        self._columns = dict(mapped.fields)
        seen = {column.name: column for column in columns}
        replacing = replacing or {}
        self._targets = [
            (target, self._cell(target, mapped.fields[target.key], replacing.get(target.key)), order)
            for target in kind.targets()
            if target.key in mapped.fields
            for order in [_order(mapped, seen, mapped.fields[target.key])]
        ]
        left = [column for column in columns if column.name not in mapped.used() | mapped.ignored] if kind.rest else []
        self._rest = [
            (column.name, self._places[column.name], _loosely(column, mapped.orders.get(column.name) or column.order))
            for column in left
        ]
        self._keeps_extra = bool(kind.rest)

    def read(self, line: Line, *, rest: bool = True) -> Given | RefusedRow:
        """The row's values, or everything that is wrong with it; without `rest` only those of fields."""
        if line.problem:
            return RefusedRow(line.number, [("", "", line.problem)], [line.text])
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for target, cell_of, order in self._targets:
            cell = cell_of(line.cells)
            if isinstance(cell, str) and cell[:1] == "'":
                cell = unescape(cell)
            if cell is None or cell == "" or (isinstance(cell, str) and cell.isspace()):
                if target.required:
                    problems.append((self._columns[target.key], "", _("This cell must not be empty.")))
                continue
            try:
                value = target.read(cell, self._setting, order)
            except BadCell as bad:
                problems.append((self._columns[target.key], read_text(cell)[:200], str(bad)))
            else:
                if value is not None:
                    values[target.key] = value
        if problems:
            problems.sort(key=lambda problem: self._places.get(problem[0], -1))
            return RefusedRow(line.number, problems, texts_of(line))
        return Given(line.number, values, self._others(line) if rest else {})

    def _others(self, line: Line) -> dict[str, Any]:
        """What is in columns that are no field."""
        found = {name: value for name, place, read in self._rest if (value := read(line.cells[place])) is not None}
        if line.extra and self._keeps_extra:
            found.update(line.extra)
        return found

    def refusal(self, line: Line, problems: Mapping[str, str]) -> RefusedRow:
        """A row that could be read, refused for what its kind says about its fields."""
        named = [(self._columns.get(key, key), self._value(line, key), reason) for key, reason in problems.items()]
        return RefusedRow(line.number, named, texts_of(line))

    def raw(self, line: Line) -> tuple[str, ...]:
        """What the row says, to compare it with another."""
        return tuple(map(read_text, line.cells))

    def _value(self, line: Line, key: str) -> str:
        text = self._columns.get(key, key)
        return read_text(line.cells[self._places[text]])[:200] if text in self._places else ""

    def _cell(self, target: Target, text: str, replaced: Mapping[str, str] | None) -> Callable[[Sequence[Any]], Any]:
        if text in self._places:
            place = self._places[text]
            if replaced is None:
                return lambda cells: cells[place]
            return lambda cells: replaced.get(read_text(cells[place]), "")
        parts = {column: self._places[column] for column in columns_of(text)}

        def filled(cells: Sequence[Any]) -> str:
            found = fill(text, {column: read_text(cells[place]) for column, place in parts.items()})
            return found if replaced is None else replaced.get(found, "")

        return filled


def texts_of(line: Line) -> list[str]:
    """The cells as texts, as the refused row is kept."""
    return [read_text(cell)[:2_000] for cell in line.cells]


def _order(mapped: Mapped, seen: Mapping[str, ColumnSeen], text: str) -> Order | None:
    return mapped.orders.get(text) or (seen[text].order if text in seen else None)


def _loosely(column: ColumnSeen, order: Order | None) -> Callable[[Any], Any]:
    """Cells of a column that is no field: as what the column holds where they can be, else as they are."""
    readers: dict[Holds, Callable[[Any], Any]] = {
        Holds.NUMBER: read_number,
        Holds.YES_NO: read_yes_no,
        Holds.DAY: lambda cell: read_day(cell, order).isoformat(),
        Holds.MOMENT: lambda cell: read_text(cell),
    }
    read = readers.get(column.holds)

    def value(cell: Any) -> Any:
        if cell is None or isinstance(cell, bool | dict | list):
            return cell
        if isinstance(cell, int | float) and not isinstance(cell, bool) and column.holds is not Holds.DAY:
            return cell
        text = unescape(read_text(cell))
        if not text or read is None:
            return text or None
        try:
            return read(text if isinstance(cell, str) else cell)
        except BadCell:
            return text

    return value
