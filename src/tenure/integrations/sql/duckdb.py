"""DuckDB files on this server."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import ClassVar

from django.utils.translation import gettext_lazy

from tenure.integrations.integration import Part
from tenure.integrations.places import allowed_path
from tenure.integrations.sql import cursor
from tenure.integrations.sql.database import QUERY, Answer, Database, Statement
from tenure.integrations.sql.embedded import answered


class DuckDB(Database):
    key: ClassVar[str] = "duckdb"
    title = "DuckDB"
    hint = gettext_lazy("A query against a DuckDB file on this server.")
    icon: ClassVar[str] = "database"

    def parts(self) -> Sequence[Part]:
        where = gettext_lazy("Below a folder of TENURE_SYNC_FOLDERS.")
        return (Part("file", gettext_lazy("File"), help=where), QUERY)

    def placeholder(self, value: cursor.Value) -> str:
        return "$last"

    def reading(self, parts: Mapping[str, str], statement: Statement) -> AbstractContextManager[Answer]:
        return answered(allowed_path(parts["file"]), (), statement)
