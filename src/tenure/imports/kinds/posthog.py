"""PostHog's own export: JSON that goes on as PostHog's clients send it, with its groups, people and merges."""

from collections.abc import Mapping
from typing import Any, Final

from tenure.imports.columns import Mapped
from tenure.imports.models import FileImport

_FIELDS: Final = {"event": "event", "user": "distinct_id", "time": "timestamp", "id": "uuid"}


def is_posthog(file_import: FileImport) -> bool:
    """Whether the file is such an export, and is read as one: nobody said that its columns are something else."""
    mapped = Mapped.of(file_import.mapping)
    names = {column["name"] for column in file_import.columns}
    expected = {field: column for field, column in _FIELDS.items() if column in names}
    return (
        file_import.format == "json"
        and names >= {"event", "distinct_id", "timestamp", "properties"}
        and mapped.fields == expected
        and "properties" not in mapped.ignored
    )


def as_posthog(values: Mapping[str, Any], rest: Mapping[str, Any]) -> dict[str, Any]:
    """A row's fields and other columns as the item they were exported from."""
    return {**rest, **{_FIELDS[field]: value for field, value in values.items()}}
