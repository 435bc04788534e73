"""SQLite files on this server."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.integrations.errors import SourceFailed
from tenure.integrations.integration import Part
from tenure.integrations.places import allowed_path
from tenure.integrations.sql import cursor
from tenure.integrations.sql.database import BATCH, QUERY, Answer, Database, Statement, problem_of

_READS: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_STEPS: Final = 100_000  # of SQLite's machine between looks at the clock


class SQLite(Database):
    key: ClassVar[str] = "sqlite"
    title = "SQLite"
    hint = gettext_lazy("A query against a SQLite file on this server.")
    icon: ClassVar[str] = "database"

    def parts(self) -> Sequence[Part]:
        where = gettext_lazy("Below a folder of TENURE_SYNC_FOLDERS.")
        return (Part("file", gettext_lazy("File"), help=where), QUERY)

    def placeholder(self, value: cursor.Value) -> str:
        return ":last"

    @contextmanager
    def reading(self, parts: Mapping[str, str], statement: Statement) -> Iterator[Answer]:
        with closing(_open(allowed_path(parts["file"]), statement.seconds)) as database:
            try:
                bound = {} if statement.last is None else {"last": str_or_number(statement.last)}
                answer = database.execute(statement.sql, bound)
                yield [column[0] for column in answer.description], iter(lambda: answer.fetchmany(BATCH), [])
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:  # by _open
                    said = _("The query took longer than %(seconds)d seconds.") % {"seconds": statement.seconds}
                    raise SourceFailed(said) from None
                raise problem_of(error) from None


def str_or_number(value: cursor.Value) -> Any:
    """SQLite knows texts and numbers."""
    return value if isinstance(value, int | float | str) else str(value)


def _open(path: Path, seconds: int) -> sqlite3.Connection:
    """For reading, with the statements that only read, for so long."""
    end = time.monotonic() + seconds
    try:
        database = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise problem_of(error) from None
    database.execute("PRAGMA query_only = 1")
    database.set_authorizer(lambda action, *_rest: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)
    database.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
    return database
