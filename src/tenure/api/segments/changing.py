"""Changes of segments, and taking them back."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from tenure.activity.models import Activity
from tenure.api.asked import Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.segments.routes import WRITES
from tenure.api.segments.shown import SegmentShown, show_segment
from tenure.people.models import Area
from tenure.segments.access import changeable_segments
from tenure.segments.saving import changes_by, put_back

router = Router(tags=["Segments"])


class SegmentChangeShown(Schema):
    """A change of a segment. `changed` names what of it: name, description, condition, sharing."""

    id: int
    segment_id: int
    at: datetime
    changed: list[str]


@router.get("/segment-changes", response=Page[SegmentChangeShown], summary="List one's own changes of segments")
@needs(Area.SEGMENTS)
def list_segment_changes(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """What the token's member changed of segments that they may still change, the latest first: each can be undone."""
    mine = changes_by(request.member).filter(subject_id__in=changeable_segments(request.member).values("pk"))
    return page_of(mine, asked, lambda rows: [_show(each) for each in rows], by="-recorded_at")


@router.post("/segment-changes/{id}/undoing", response=SegmentShown, summary="Undo a change of a segment")
@needs(*WRITES)
def undo_segment_change(request: ApiRequest, id: Id) -> SegmentShown:
    """Puts back what it found; refused where the segment was changed again since."""
    change = one(changes_by(request.member).filter(pk=id))
    segment = one(changeable_segments(request.member).filter(pk=change.subject_id or 0))
    put_back(segment, change, actor=request.member)
    return show_segment(segment)


def _show(change: Activity) -> SegmentChangeShown:
    before, after = change.detail["before"], change.detail["after"]
    return SegmentChangeShown(
        id=change.pk,
        segment_id=change.subject_id or 0,
        at=change.recorded_at,
        changed=[name for name in after if after[name] != before[name]],
    )
