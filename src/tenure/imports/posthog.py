"""Recognises PostHog's own export, events as JSON lines, and passes them on whole."""

from collections.abc import Iterator

import msgspec

from tenure.imports.bodies import one_line
from tenure.imports.items import Ids
from tenure.imports.table import BadRow, Row, Table

_MARKS = {"event", "distinct_id", "properties"}


def is_posthog(table: Table) -> bool:
    """Whether the file holds events as PostHog writes them."""
    return table.kind == "ndjson" and set(table.columns) >= _MARKS


def posthog_items(rows: Iterator[Row]) -> Iterator[tuple[bytes, tuple[str, str] | None]]:
    """Each row as it is, with an id where it has none, and why it cannot be read."""
    ids = Ids()
    encode = msgspec.json.Encoder().encode
    for row in rows:
        if isinstance(row, BadRow):
            yield encode(one_line(row.text).decode()), ("bad_row", row.problem)
        else:
            yield encode(row if row.get("uuid") else {**row, "uuid": ids.give(dict(row))}), None
