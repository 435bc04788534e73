"""DuckDB inside this process, kept to what it is given: few threads, little memory, no file but those named."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
from django.conf import settings
from django.utils.translation import gettext as _

from tenure.integrations.errors import SourceFailed
from tenure.integrations.sql.database import BATCH, Answer, Statement, problem_of

_CONFIG: Final = {
    "threads": 1,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


@contextmanager
def answered(database: Path | None, files: Sequence[Path], statement: Statement, view: str = "") -> Iterator[Answer]:
    """The answer of a database file, or of the Parquet `files`, which the SQL knows as the table `files`."""
    try:
        with closing(_open(database, files, view)) as connection:
            end = threading.Timer(statement.seconds, connection.interrupt)
            end.daemon = True
            end.start()
            try:
                if len(connection.extract_statements(statement.sql)) != 1:
                    raise SourceFailed(_("Write one SELECT."))
                bound = None if statement.last is None else {"last": statement.last}
                reader = connection.sql(statement.sql, params=bound).to_arrow_reader(BATCH)
                yield reader.schema.names, (_rows(batch) for batch in reader)
            finally:
                end.cancel()
    except (duckdb.Error, OSError) as error:
        raise problem_of(error) from None


def _open(database: Path | None, files: Sequence[Path], view: str) -> duckdb.DuckDBPyConnection:
    named = str(database) if database else ":memory:"
    config = {**_CONFIG, "temp_directory": str(settings.CONFIG.imports_path / "sorting")}
    connection = duckdb.connect(named, read_only=database is not None, config=config)
    if files:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET enable_external_access = false")
    if files:
        connection.execute(f"CREATE VIEW {view} AS SELECT * FROM read_parquet([{listed}], union_by_name = true)")
    connection.execute("SET lock_configuration = true")
    return connection


def _rows(batch: Any) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
