"""Imports as a person makes them, without the browser: a file sent, mapped, checked, imported, its jobs done at once."""

from dataclasses import dataclass
from pathlib import Path

from tenure.imports.columns import Mapped
from tenure.imports.models import FileImport
from tenure.imports.verbs import CHECK, RUN, UNDO, map_columns, start, undo, upload
from tenure.jobs.claim import new_worker
from tenure.jobs.models import Job, JobState
from tenure.jobs.worker import run_once
from tenure.people.models import Member


@dataclass
class Desk:
    """`actor` imports; `done` does the jobs of imports that wait."""

    actor: Member
    folder: Path

    def send(self, kind: str, content: str | bytes, name: str = "file.csv") -> FileImport:
        data = content.encode() if isinstance(content, str) else content
        return upload(kind, name, [data], self.actor)

    def check(self, kind: str, content: str | bytes, **mapping: object) -> FileImport:
        """Sent and checked, with the suggested mapping unless another is given."""
        file_import = self.send(kind, content)
        map_columns(file_import, self.mapped(file_import, **mapping), self.actor)
        self.done()
        file_import.refresh_from_db()
        return file_import

    def bring(self, kind: str, content: str | bytes, **mapping: object) -> FileImport:
        """Imported to the end."""
        file_import = self.check(kind, content, **mapping)
        start(file_import, self.actor)
        self.done()
        file_import.refresh_from_db()
        return file_import

    def undo(self, file_import: FileImport) -> FileImport:
        undo(file_import, self.actor)
        self.done()
        file_import.refresh_from_db()
        return file_import

    @staticmethod
    def mapped(file_import: FileImport, **changes: object) -> Mapped:
        return Mapped.of({**file_import.mapping, **changes})

    @staticmethod
    def done() -> None:
        while Job.objects.filter(state=JobState.WAITING, kind__in=(CHECK, RUN, UNDO)).exists():
            Job.objects.exclude(kind__in=(CHECK, RUN, UNDO)).delete()  # numbers of today need a warehouse
            run_once(new_worker())


def counts(file_import: FileImport) -> tuple[int, int, int, int]:
    """(new, changed, same, refused)."""
    return file_import.new, file_import.changed, file_import.same, file_import.refused


def problems(file_import: FileImport) -> list[tuple[int, str, str, str]]:
    """(line, column, value, reason) of the latest pass."""
    rows = file_import.refusals.order_by("line", "pk").filter(checked=file_import.done_rows == 0)
    return [(row.line, *problem) for row in rows for problem in row.problems]
