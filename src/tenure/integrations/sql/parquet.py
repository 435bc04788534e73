"""Parquet files on this server, asked as one table."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.integrations.errors import BadSync, SourceFailed
from tenure.integrations.folder.folder import matching
from tenure.integrations.integration import Part
from tenure.integrations.places import allowed_path
from tenure.integrations.sql import cursor
from tenure.integrations.sql.database import Answer, Database, Statement
from tenure.integrations.sql.embedded import answered


class Parquet(Database):
    key: ClassVar[str] = "parquet"
    title = "Parquet"
    hint = gettext_lazy("A query against Parquet files on this server, as one table.")
    icon: ClassVar[str] = "table"

    def parts(self) -> Sequence[Part]:
        return (
            Part("folder", gettext_lazy("Folder"), help=gettext_lazy("Below a folder of TENURE_SYNC_FOLDERS.")),
            Part("files", gettext_lazy("Which files"), otherwise="*.parquet"),
            Part(
                "query",
                gettext_lazy("Query"),
                "text",
                gettext_lazy("One SELECT. The files are the table “files”."),
                otherwise="SELECT * FROM files",
            ),
        )

    def check(self, parts: Mapping[str, str]) -> None:
        super().check(parts)
        if parts["files"].startswith("/") or ".." in PurePosixPath(parts["files"]).parts:
            raise BadSync({"files": _("Name files in the folder, like *.parquet.")})

    def placeholder(self, value: cursor.Value) -> str:
        return "$last"

    def reading(self, parts: Mapping[str, str], statement: Statement) -> AbstractContextManager[Answer]:
        found = [path.resolve() for path in matching(allowed_path(parts["folder"]), parts["files"])]
        if not found:
            raise SourceFailed(_("No file in the folder is called “%(files)s”.") % {"files": parts["files"]})
        return answered(None, found, statement, view="files")
