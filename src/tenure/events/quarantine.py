"""Keeps what was refused, with its reason and the raw item, and lets go of it when it is old."""

from collections.abc import Iterable
from datetime import datetime

from tenure.events.message import Request
from tenure.events.models import QuarantinedItem
from tenure.events.reading import Refused
from tenure.lib.instants import to_datetime

_MAX_RAW = 32 * 1024
_MAX_DETAIL = 500
_FORGET_AT_ONCE = 1_000  # rows of one transaction, so that nobody waits long behind it
_FILE_MARK = "#"  # no query that comes over HTTP has one


def keep_refused(refused: Iterable[Refused], known_sources: Iterable[int]) -> int:
    """Writes the rows, once however often a body is loaded or a file imported; returns how many were given."""
    sources = set(known_sources)
    rows = [
        QuarantinedItem(
            body=body.id,
            place=place,
            file_row=_file_row(body.request.query, place),
            source_id=body.source_id if body.source_id in sources else None,
            wire_format=body.wire_format,
            reason=refusal.reason,
            detail=_text(refusal.detail)[:_MAX_DETAIL],
            raw=_text(refusal.raw[:_MAX_RAW].decode(errors="replace")),
            received_at=to_datetime(body.received_us),
        )
        for body, place, refusal in refused
    ]
    QuarantinedItem.objects.bulk_create(rows, batch_size=100, ignore_conflicts=True)
    return len(rows)


def forget_refused(before: datetime) -> int:
    """Deletes what was received before then; returns how many rows."""
    forgotten = 0
    while old := list(
        QuarantinedItem.objects.filter(received_at__lt=before).values_list("pk", flat=True)[:_FORGET_AT_ONCE]
    ):
        forgotten += QuarantinedItem.objects.filter(pk__any_of=old).delete()[0]
    return forgotten


def query_of_rows(file: str, first_row: int) -> str:
    """The query of a body that holds rows of a file, one an item, from `first_row` on; `file` is the import."""
    return f"{_FILE_MARK}{file}:{first_row}"


def file_of(request: Request) -> str:
    """The file whose rows the body holds; empty for any other body."""
    return request.query.removeprefix(_FILE_MARK).partition(":")[0] if request.query.startswith(_FILE_MARK) else ""


def _file_row(query: str, place: int) -> str | None:
    """Which row of which file the item at this place of such a body is; None for any other body."""
    if not query.startswith(_FILE_MARK):
        return None
    file, _, first_row = query.removeprefix(_FILE_MARK).partition(":")
    return f"{file}:{int(first_row) + place}" if first_row.isdecimal() else None


def _text(text: str) -> str:
    return text.replace("\0", "�")
