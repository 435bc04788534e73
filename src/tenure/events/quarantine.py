"""Keeps what was refused, with its reason and the raw item."""

from collections.abc import Iterable
from typing import NamedTuple

from tenure.events.inbox.store import Body
from tenure.events.message import Refusal
from tenure.events.models import QuarantinedItem
from tenure.lib.instants import to_datetime

_MAX_RAW = 32 * 1024
_MAX_DETAIL = 500


class Refused(NamedTuple):
    """A refusal of the item at `place` of a body; a body that cannot be read at all is refused at place 0."""

    body: Body
    place: int
    refusal: Refusal


def keep_refused(refused: Iterable[Refused], known_sources: Iterable[int]) -> int:
    """Writes the rows, once however often the same bodies are loaded; returns how many were given."""
    sources = set(known_sources)
    rows = [
        QuarantinedItem(
            body=body.id,
            place=place,
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


def _text(text: str) -> str:
    return text.replace("\0", "�")
