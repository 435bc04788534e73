"""What is the same for every database: the query within a query, its cursor, and its answer as a file."""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.integrations.errors import BadSync, SourceFailed
from tenure.integrations.integration import Asked, Fetched, Integration, Part
from tenure.integrations.sql import cursor
from tenure.integrations.sql.spool import packed_lines

#: Names of the columns, and the rows in order, a batch at a time.
Answer = tuple[Sequence[str], Iterator[Sequence[Sequence[Any]]]]

CONNECT_SECONDS: Final = 10
BATCH: Final = 2_000  # rows that are in memory at once
QUERY: Final = Part(
    "query",
    gettext_lazy("Query"),
    "text",
    gettext_lazy("One SELECT. It is run in a session that may only read."),
)
_COLUMN: Final = re.compile(r'[^"`\\\0]{1,200}')


@dataclass(frozen=True)
class Statement:
    """What is sent: the SQL, the value its placeholder stands for (None: it has none), and how long it may take."""

    sql: str
    last: cursor.Value | None
    seconds: int


class Database(Integration):
    """A system that answers SQL."""

    def check(self, parts: Mapping[str, str]) -> None:
        if not re.match(r"\s*(\(|select\b|with\b|from\b|values\b)", _bare(parts["query"]), re.IGNORECASE):
            raise BadSync({"query": _("Write one SELECT.")})

    def tables(self, asked: Asked) -> Iterator[Fetched]:
        yield Selected(self, asked)

    @abstractmethod
    def reading(self, parts: Mapping[str, str], statement: Statement) -> AbstractContextManager[Answer]:
        """The answer to the statement, in a session that may only read. Raises SourceFailed, then and while reading."""

    @abstractmethod
    def placeholder(self, value: cursor.Value) -> str:
        """How this database writes the one value bound to a statement."""


class Selected(Fetched):
    """The answer to the query. What is remembered of it: the last value of the cursor column, under ""."""

    def __init__(self, database: Database, asked: Asked) -> None:
        self.name = ""
        self._database = database
        self._asked = asked
        self._last: Any = None

    def chunks(self) -> Iterator[bytes]:
        asked = self._asked
        statement = within(asked, self._database)
        with self._database.reading(asked.parts, statement) as (names, batches):
            if asked.cursor_column and asked.cursor_column not in names:
                said = _("The query gives no column “%(column)s” to go on from. It gives %(columns)s.")
                raise SourceFailed(said % {"column": asked.cursor_column, "columns": ", ".join(names)})
            place = names.index(asked.cursor_column) if asked.cursor_column else None
            yield from packed_lines(names, self._rows(batches, place))

    def marks(self, sha256: str) -> Mapping[str, Any]:
        return {} if self._last is None else {"": cursor.keep(self._last)}

    def _rows(self, batches: Iterable[Sequence[Sequence[Any]]], place: int | None) -> Iterator[Sequence[Any]]:
        for batch in batches:
            self._asked.tick()
            for row in batch:
                if place is not None and row[place] is not None:
                    self._last = row[place]
                yield row


def within(asked: Asked, database: Database) -> Statement:
    """The query within one that goes on from the last value: that one included, for other rows may have it too.

    Rows without a value come every time. In the cursor's own order, the last row says how far it came.
    """
    sql, column, last = f"SELECT * FROM (\n{_bare(asked.parts['query'])}\n) AS synced", asked.cursor_column, None
    if column:
        if not _COLUMN.fullmatch(column):
            raise SourceFailed(_("The name of the column to go on from must have no quotation marks."))
        name, last = f'"{column}"', cursor.read(asked.marks.get(""))
        if last is not None:
            sql += f"\nWHERE {name} >= {database.placeholder(last)} OR {name} IS NULL"
        sql += f"\nORDER BY {name}"
    if asked.most_rows is not None:
        sql += f"\nLIMIT {asked.most_rows}"
    return Statement(sql, last, asked.seconds)


def problem_of(error: BaseException, secret: str = "") -> SourceFailed:
    """What a driver says, on one line and without the password."""
    said = " ".join(str(error).split()) or type(error).__name__
    return SourceFailed(said.replace(secret, "•••")[:600] if secret else said[:600])


def _bare(query: str) -> str:
    """Without the semicolon at its end, and comments before it."""
    bare = query.strip().rstrip(";").strip()
    while comment := re.match(r"--[^\n]*\n\s*|/\*.*?\*/\s*", bare, re.DOTALL):
        bare = bare[comment.end() :]
    return bare
