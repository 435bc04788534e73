"""Segments: listing, saving, changing and archiving them; who is in one on a day, and why somebody is or is not."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from tenure.accounts.access import accounts_for
from tenure.api.accounts.shown import AccountShown, show_accounts
from tenure.api.asked import Day, Id
from tenure.api.errors import Refusal, not_found
from tenure.api.etags import check_match
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.segments.shown import (
    ConditionField,
    ReasonShown,
    SegmentChanged,
    SegmentSent,
    SegmentShown,
    show_segment,
)
from tenure.api.within import account_of, asked_day, mean, node_of, segment_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.segments import saving
from tenure.segments.access import changeable_segments, segments_for
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.explaining import as_json
from tenure.segments.models import Segment, Sharing
from tenure.segments.saving import Draft

router = Router(tags=["Segments"])
WRITES = (Area.SEGMENTS, Access.WRITE, Permission.SAVE_SEGMENTS)


class Listed(Paged):
    archived: Annotated[bool, Field(description="Archived ones instead of those in use.")] = False


class OnDay(Paged):
    day: Annotated[Day | None, Field(description="The day asked about; the latest with numbers when left out.")] = None


@router.get("/segments", response=Page[SegmentShown], summary="List segments")
@needs(Area.SEGMENTS)
def list_segments(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The segments in sight: one's own, and those that are shared."""
    found = segments_for(request.member).filter(archived_at__isnull=not asked.archived)
    return page_of(found, asked, lambda rows: [show_segment(each) for each in rows])


@router.post("/segments", response={201: SegmentShown}, summary="Save a segment")
@needs(*WRITES, single=True)
def create_segment(request: ApiRequest, body: SegmentSent) -> Status[SegmentShown]:
    """A condition with a name, private unless it is shared."""
    draft = _draft(body.model_dump(), read_catalogue())
    return Status(201, show_segment(saving.save_segment(draft, actor=request.member)))


@router.get("/segments/{id}", response=SegmentShown, summary="Read a segment")
@needs(Area.SEGMENTS, single=True)
def get_segment(request: ApiRequest, id: Id) -> SegmentShown:
    """One segment."""
    return show_segment(segment_of(request, id))


@router.patch("/segments/{id}", response=SegmentShown, summary="Change a segment")
@needs(*WRITES, single=True)
def update_segment(request: ApiRequest, id: Id, body: SegmentChanged) -> SegmentShown:
    """Writes what is sent; the rest stays."""
    segment = _changeable(request, id)
    check_match(request, show_segment(segment))
    before = {name: getattr(segment, name) for name in ("name", "condition", "description", "sharing")}
    saving.change_segment(segment, _draft({**before, **body.given()}, read_catalogue()), actor=request.member)
    return show_segment(segment)


@router.put("/segments/{id}/archive", response=SegmentShown, summary="Archive a segment")
@needs(*WRITES)
def archive_segment(request: ApiRequest, id: Id) -> SegmentShown:
    """Takes it out of lists and menus; addresses that name it still work."""
    segment = _changeable(request, id, archived=False)
    saving.archive_segment(segment, actor=request.member)
    return show_segment(segment)


@router.delete("/segments/{id}/archive", response=SegmentShown, summary="Bring a segment back")
@needs(*WRITES)
def restore_segment(request: ApiRequest, id: Id) -> SegmentShown:
    """Puts it back into lists and menus."""
    segment = _changeable(request, id, archived=True)
    saving.restore_segment(segment, actor=request.member)
    return show_segment(segment)


@router.get("/segments/{id}/accounts", response=Page[AccountShown], summary="List the customers in a segment")
@needs(Area.SEGMENTS)
def list_segment_accounts(request: ApiRequest, id: Id, asked: Query[OnDay]) -> dict[str, Any]:
    """The customers in sight that are in it on a day, those known longest first; fields as they are now."""
    catalogue = read_catalogue()
    node = node_of(segment_of(request, id).condition, catalogue, "segment")
    inside = mean(request.member, node, catalogue, asked_day(asked.day))
    found = accounts_for(request.member).filter(pk__any_of=inside)
    return page_of(found, asked, lambda rows: show_accounts(rows, request.member))


@router.get("/segments/{id}/explanation/{account_id}", response=ReasonShown, summary="Explain a segment for a customer")
@needs(Area.SEGMENTS)
def explain_segment(request: ApiRequest, id: Id, account_id: Id, day: Day | None = None) -> Any:
    """Why the customer is in it on a day, or why not: each part of the condition with its value and verdict."""
    catalogue, account = read_catalogue(), account_of(request, account_id)
    node = node_of(segment_of(request, id).condition, catalogue, "segment")
    explained = asking_of(request.member, catalogue).explain(node, account.pk, asked_day(day))
    return as_json(explained, catalogue)


@router.get("/condition-fields", response=list[ConditionField], summary="List what conditions can ask about")
@needs(Area.SEGMENTS)
def list_condition_fields(request: ApiRequest) -> list[ConditionField]:
    """Health, metrics, people in charge, fields and other attributes, with their types and options."""
    return [
        ConditionField(
            key=entry.field.key,
            name=str(entry.name),
            type=entry.field.type.value,
            group=group.key,
            options=None if entry.field.options is None else list(entry.field.options),
            unit=entry.unit,
            currency=entry.currency,
            window_days=entry.field.window_days,
        )
        for group in read_catalogue().groups
        for entry in group.entries
    ]


def _draft(sent: dict[str, Any], catalogue: Catalogue) -> Draft:
    node = node_of(sent["condition"], catalogue, "body.condition")
    return Draft(sent["name"], node, sent["description"], Sharing(sent["sharing"]))


def _changeable(request: ApiRequest, key: int, *, archived: bool | None = None) -> Segment:
    """Whoever sees it and may not change it is told so; for anybody else it is not there."""
    found = segments_for(request.member)
    if archived is not None:
        found = found.filter(archived_at__isnull=not archived)
    if not found.filter(pk=key).exists():
        raise not_found()
    segment = changeable_segments(request.member).filter(pk=key).first()
    if segment is None:
        raise Refusal(403, _("Only its owner may change this segment; leaders may, where it is shared."))
    return segment
