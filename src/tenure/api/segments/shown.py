"""Segments as programs read and write them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tenure.api.asked import Body, Text
from tenure.segments.models import Segment, Sharing

Document = Annotated[dict[str, Any], Field(description="A condition: see docs/conditions.md.")]


class SegmentShown(Schema):
    """A condition with a name. `owner_id` is null once the member was erased."""

    id: int
    name: str
    description: str
    condition: dict[str, Any]
    sharing: Sharing
    owner_id: int | None
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None


class SegmentSent(Body):
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    condition: Document
    description: Annotated[Text, Field(max_length=1_000)] = ""
    sharing: Sharing = Sharing.PRIVATE


class SegmentChanged(Body):
    """What is left out stays as it is."""

    name: Annotated[Text, Field(min_length=1, max_length=120)] = ""
    condition: Document = {}
    description: Annotated[Text, Field(max_length=1_000)] = ""
    sharing: Sharing = Sharing.PRIVATE


class ReasonShown(Schema):
    """A part of a condition: what it says, whether it holds, and what decided that. Which values there are beside
    `because` is by the kind of the part.
    """

    says: str
    holds: bool
    because: str
    field: str | None = None
    value: Any = None
    base_day: str | None = None
    base: float | None = None
    change: float | None = None
    rank: int | None = None
    ranked: int | None = None
    taken: int | None = None
    edge: float | None = None
    days: int | None = None
    other_day: str | None = None
    parts: "Sequence[ReasonShown]" = ()


class ConditionField(Schema):
    """Something conditions ask about. `options` of a choice; `window_days` of a metric that counts over days."""

    key: str
    name: str
    type: str
    group: str
    options: list[str] | None
    unit: str
    currency: str
    window_days: int | None


def show_segment(segment: Segment) -> SegmentShown:
    return SegmentShown(
        id=segment.pk,
        name=segment.name,
        description=segment.description,
        condition=segment.condition,
        sharing=Sharing(segment.sharing),
        owner_id=segment.owner_id,
        created_at=segment.created_at,
        changed_at=segment.changed_at,
        archived_at=segment.archived_at,
    )
