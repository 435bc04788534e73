"""Letting go of what imports keep of people: files, samples of columns, refused rows, how things were before."""

from collections.abc import Iterable

from django.db import transaction

from tenure.imports.models import FileImport
from tenure.imports.verbs import AT_WORK, forget_file


def let_go(file_imports: Iterable[FileImport]) -> int:
    """Lets go of these; what was counted stays. What one changed can no longer be set back. Returns how many."""
    count = 0
    for file_import in file_imports:
        with transaction.atomic():
            file_import.refusals.all().delete()
            file_import.replaced.filter(before__isnull=False).delete()
            file_import.replaced.update(after=None)
            file_import.columns = [{**column, "samples": []} for column in file_import.columns]
            file_import.checked = {**file_import.checked, "preview": []} if file_import.checked else None
            file_import.forgotten_at = file_import.ended_at or file_import.created_at
            file_import.save(update_fields=["columns", "checked", "forgotten_at"])
            transaction.on_commit(lambda each=file_import: forget_file(each))  # type: ignore[misc]
        count += 1
    return count


def let_go_of_all() -> None:
    """When a person is erased: nobody knows in which file they are. A file at work goes when it is old."""
    let_go(FileImport.objects.filter(forgotten_at=None).exclude(state__in=AT_WORK))
