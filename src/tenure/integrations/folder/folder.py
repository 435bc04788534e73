"""Files in a folder on the server: new and changed ones, in the order of their names, each imported once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.integrations.errors import BadSync, NotYet, SourceFailed
from tenure.integrations.integration import Asked, Fetched, Integration, Part
from tenure.integrations.places import allowed_path, is_allowed

_CHUNK: Final = 2**20
_IN_THE_MAKING: Final = (".part", ".tmp", ".crdownload", "~")


class Folder(Integration):
    key: ClassVar[str] = "folder"
    title = gettext_lazy("Folder of files")
    hint = gettext_lazy("CSV, Excel, Parquet or JSON Lines that another system puts on this server.")
    icon: ClassVar[str] = "folder"
    has_cursor: ClassVar[bool] = False

    def parts(self) -> Sequence[Part]:
        return (
            Part("folder", gettext_lazy("Folder"), help=gettext_lazy("Below a folder of TENURE_SYNC_FOLDERS.")),
            Part(
                "files",
                gettext_lazy("Which files"),
                help=gettext_lazy("Like customers-*.csv, or **/*.csv for folders in it too."),
                otherwise="*",
            ),
        )

    def check(self, parts: Mapping[str, str]) -> None:
        pattern = parts["files"]
        if pattern.startswith("/") or ".." in PurePosixPath(pattern).parts or "\0" in pattern:
            raise BadSync({"files": _("Name files in the folder, like *.csv.")})

    def tables(self, asked: Asked) -> Iterator[Fetched]:
        folder = allowed_path(asked.parts["folder"])
        if not folder.is_dir():
            raise SourceFailed(_("“%(path)s” is no folder.") % {"path": asked.parts["folder"]})
        for path in matching(folder, asked.parts["files"]):
            name = path.relative_to(folder).as_posix()
            asked.tick()
            file = File(path, name, asked.marks.get(name), asked)
            if not file.looks_as_before():
                yield file


class File(Fetched):
    """One file. What is remembered of it: its size in bytes, when it was changed (ns), and the digest of its bytes."""

    def __init__(self, path: Path, name: str, mark: Mapping[str, Any] | None, asked: Asked) -> None:
        self.name = name
        self._path = path
        self._mark = mark or {}
        self._asked = asked
        self._seen = _stat(path)

    def looks_as_before(self) -> bool:
        return [self._mark.get("bytes"), self._mark.get("changed_ns")] == [*self._seen]

    def chunks(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    self._asked.tick()
                    yield chunk
        except OSError as error:
            raise SourceFailed(_("%(file)s cannot be read: %(problem)s.") % _said(self.name, error)) from None
        if _stat(self._path) != self._seen:
            raise NotYet(_("%(file)s is being written just now. The next run takes it.") % {"file": self.name})

    def marks(self, sha256: str) -> Mapping[str, Any]:
        size, changed = self._seen
        return {self.name: {"bytes": size, "changed_ns": changed, "sha256": sha256}}

    def is_known(self, sha256: str) -> bool:
        return bool(self._mark.get("sha256") == sha256)


def matching(folder: Path, pattern: str) -> list[Path]:
    """The files of the pattern by name. Links that lead out of what is allowed, and files in the making, are not."""
    try:
        found = [path for path in folder.glob(pattern or "*") if _counts(path)]
    except (OSError, ValueError, NotImplementedError) as error:
        raise SourceFailed(_("%(file)s cannot be read: %(problem)s.") % _said(folder.name, error)) from None
    return sorted(found, key=lambda path: path.as_posix())


def _counts(path: Path) -> bool:
    if path.name.startswith(".") or path.name.lower().endswith(_IN_THE_MAKING):
        return False
    return path.is_file() and is_allowed(path)


def _stat(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise SourceFailed(_("%(file)s cannot be read: %(problem)s.") % _said(path.name, error)) from None
    return found.st_size, found.st_mtime_ns


def _said(name: str, error: Exception) -> dict[str, str]:
    code = getattr(error, "errno", None)
    return {"file": name, "problem": os.strerror(code) if code else str(error)}
