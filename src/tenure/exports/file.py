"""A list as a file: the chosen columns of all its rows, as CSV or Excel. Rows are taken one by one."""

from collections.abc import Callable, Iterator
from typing import Final, Literal

from tenure.lib import csv
from tenure.ui.cells import plain
from tenure.ui.listing import Listed
from tenure.ui.table import Column

Format = Literal["csv", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "xlsx")
CONTENT_TYPES: Final[dict[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DRAWN: Final = frozenset({"spark", "spread"})


def heads(listed: Listed) -> list[str]:
    """What stands above the columns."""
    return [str(column.label) for column in _columns(listed)]


def values(listed: Listed, told: Callable[[int], None]) -> Iterator[list[csv.Value]]:
    """The rows as values; `told` hears the number of each row, from 1, before it is given."""
    columns = _columns(listed)
    for number, row in enumerate(listed.rows, 1):
        told(number)
        yield [plain(column, row.cells.get(column.key)) for column in columns]


def _columns(listed: Listed) -> list[Column]:
    return [column for column in listed.state.chosen if column.export and column.kind not in _DRAWN]
