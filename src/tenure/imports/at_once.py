"""A whole import in one go, without a browser: for the command line."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tenure.imports.columns import ColumnSeen, Mapped, check_mapping, complete
from tenure.imports.errors import BadImport
from tenure.imports.kinds.all import kind_named
from tenure.imports.lookups import Replacing, digest_of
from tenure.imports.models import FileImport, ImportState
from tenure.imports.passing import Counts
from tenure.imports.running import Progress, bring, check
from tenure.imports.verbs import forget_file, tidy_name, upload
from tenure.lib import clock
from tenure.work.files import keep_file

_CHUNK = 2**20
SHOWN = 20


@dataclass(frozen=True)
class Brought:
    """What became of the rows; `problems` are (line, column, value, reason) of the first refused ones."""

    file_import: FileImport
    counts: Counts
    problems: Sequence[tuple[int, str, str, str]]


@dataclass(frozen=True)
class _ReadAs:
    """As what a command reads a file; `replaced` stands for its look-ups."""

    named: Mapping[str, str]
    counted_to: str
    replaced: str


def import_at_once(
    kind_key: str,
    path: Path,
    *,
    named: Mapping[str, str],
    replacing: Replacing | None = None,
    counted_to: str = "",
    progress: Progress = lambda done, total: None,
    dry_run: bool = False,
) -> Brought:
    """Imports a file to its end. `named` maps fields to columns; the others are told by their names. `counted_to` is
    the name of a source, for events and users.

    The same file read in the same way goes on where a try before it was killed. A dry run leaves nothing behind.
    Raises BadImport before anything is written when file or mapping do not fit, or where the file breaks off.
    """
    read_as = _ReadAs(named, counted_to, digest_of(replacing))
    file_import = _unfinished(kind_key, path, read_as) or _begun(kind_key, path, read_as)
    try:
        counts = (check if dry_run else bring)(file_import, progress, replacing)
    except BadImport as error:
        FileImport.objects.filter(pk=file_import.pk).update(state=ImportState.FAILED, error=str(error))
        raise
    rows = file_import.refusals.filter(checked=dry_run).order_by("line", "pk")[:SHOWN]
    problems = [(row.line, *problem) for row in rows for problem in row.problems][:SHOWN]
    if dry_run:
        file_import.delete()
        forget_file(file_import)
    return Brought(file_import, counts, problems)


def _begun(kind_key: str, path: Path, read_as: _ReadAs) -> FileImport:
    with _reading(path) as chunks:
        file_import = upload(kind_key, path.name, chunks, None)
    kind, seen = kind_named(kind_key), [ColumnSeen.of(column) for column in file_import.columns]
    try:
        mapped = complete(kind, seen, read_as.named)
        check_mapping(kind, [column.name for column in seen], mapped)
    except BadImport:
        file_import.delete()
        forget_file(file_import)
        raise
    file_import.mapping, file_import.state = {**mapped.as_json(), "replaced": read_as.replaced}, ImportState.RUNNING
    file_import.started_at = file_import.valid_from = clock.now()
    file_import.counted_to = read_as.counted_to
    file_import.save()
    return file_import


def _unfinished(kind_key: str, path: Path, read_as: _ReadAs) -> FileImport | None:
    """An import of these very bytes that a killed command left in the middle."""
    states = (ImportState.RUNNING, ImportState.FAILED)
    left = FileImport.objects.filter(kind=kind_key, name=tidy_name(path.name), counted_to=read_as.counted_to, job=None)
    left = left.filter(state__in=states)
    if not left.exists():
        return None
    with _reading(path) as chunks:
        sha256, _size = keep_file(settings.CONFIG.imports_path, chunks)
    for file_import in left.filter(sha256=sha256).order_by("-pk"):
        fields = Mapped.of(file_import.mapping).fields
        named = all(fields.get(field) == column for field, column in read_as.named.items())
        if named and file_import.mapping.get("replaced", "") == read_as.replaced:
            return file_import
    return None


@contextmanager
def _reading(path: Path) -> Iterator[Iterator[bytes]]:
    with path.open("rb") as file:
        yield iter(lambda: file.read(_CHUNK), b"")
