"""A file as lines with cells, whatever it was written in."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, ClassVar, Final, NamedTuple

from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport

MAX_LINE: Final = 2**20  # characters; a longer line is refused
MAX_COLUMNS: Final = 2_000


@dataclass(frozen=True)
class Manner:
    """How to read a file where one knows better than the detection; empty texts leave it to that."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


class Line(NamedTuple):
    """One row. `number` is the line of a text file on which it begins, or the row of a sheet; both from 1.

    `problem` says why the row cannot be read; `text` then is how it stands in the file, and there are no cells.
    `extra` holds what it has beyond the columns, where a format allows that (JSON Lines).
    """

    number: int
    cells: Sequence[Any]
    problem: str = ""
    text: str = ""
    extra: Mapping[str, Any] = {}


class Sheet(ABC):
    """An open file, read once from start to end. `manner` is how it was read in the end."""

    format: ClassVar[str]

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self.size = max(size, 1)
        self.columns: tuple[str, ...] = ()
        self.manner = Manner()
        self.sheets: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Bytes read so far, of `size`."""
        return self.size if self._file.closed else self._file.tell()

    @abstractmethod
    def lines(self) -> Iterator[Line]:
        """Every row after the header. Raises BadImport where the file breaks off."""

    def close(self) -> None:
        self._file.close()


def named_columns(cells: Sequence[Any], line: int) -> tuple[str, ...]:
    """The names of the header; raises BadImport when there are none or two are alike. An empty one gets a name."""
    texts = ["" if cell is None else str(cell).replace("\0", "").strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if not texts:
        raise BadImport(
            _("Line %(line)d: there are no names of columns. The first line must name them.") % {"line": line}
        )
    if len(texts) > MAX_COLUMNS:
        shown = {"line": line, "count": len(texts), "most": MAX_COLUMNS}
        raise BadImport(_("Line %(line)d: %(count)d columns; %(most)d are the most.") % shown)
    first: dict[str, int] = {}
    for place, text in enumerate(texts, 1):
        name = text or _("Column %(place)d") % {"place": place}
        if name in first:
            said = _(
                "Line %(line)d: the column “%(name)s” is there twice, as number %(first)d and %(second)d. "
                "Give each its own name."
            )
            raise BadImport(said % {"line": line, "name": name, "first": first[name], "second": place})
        first[name] = place
    return tuple(first)


def ragged(found: int, wanted: int) -> str:
    """What is wrong with a row of another length than the header."""
    return _("The row has %(found)d cells, the header %(wanted)d.") % {"found": found, "wanted": wanted}
