"""What was refused of what was sent, and why."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from tenure.api.asked import Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.events.access import quarantine_for
from tenure.events.details import tell
from tenure.events.models import QuarantinedItem
from tenure.events.reasons import Reason
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Sources and quarantine"])
READS = (Area.EVENTS, Access.READ, Permission.SEE_QUARANTINE)


class ItemShown(Schema):
    """A refused item. `detail` is what was wrong with it, in words; docs/events.md names the reasons."""

    id: int
    reason: Reason
    detail: str
    source_id: int | None
    wire_format: str
    received_at: datetime


class ItemTold(ItemShown):
    """With the item as it came, as far as it was kept."""

    raw: str


class Listed(Paged):
    reason: Annotated[Reason | None, Field(description="Only items refused for this reason.")] = None
    source: Annotated[Id | None, Field(description="Only items of this source.")] = None


@router.get("/quarantine", response=Page[ItemShown], summary="List refused items")
@needs(*READS)
def list_quarantine(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The latest received first."""
    found = quarantine_for(request.member).defer("raw")
    if asked.reason is not None:
        found = found.filter(reason=asked.reason)
    if asked.source is not None:
        found = found.filter(source=asked.source)
    return page_of(found, asked, lambda rows: [ItemShown(**_values(each)) for each in rows], by="-received_at")


@router.get("/quarantine/{id}", response=ItemTold, summary="Read a refused item")
@needs(*READS, single=True)
def get_quarantined(request: ApiRequest, id: Id) -> ItemTold:
    """One item."""
    item = one(quarantine_for(request.member).filter(pk=id))
    return ItemTold(**_values(item), raw=item.raw)


def _values(item: QuarantinedItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "reason": Reason(item.reason),
        "detail": tell(item.detail),
        "source_id": item.source_id,
        "wire_format": item.wire_format,
        "received_at": item.received_at,
    }
