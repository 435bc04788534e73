"""The event catalogue."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from tenure.api.asked import Id, Text
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.events.access import event_types_for
from tenure.events.models import EventClass, EventType
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Event catalogue"])
Meaning = Literal["ignored", "base", "value"]
MEANINGS: Final[dict[int, Meaning]] = {
    EventClass.IGNORED: "ignored",
    EventClass.BASE: "base",
    EventClass.VALUE: "value",
}


class PropertyShown(Schema):
    """A property seen on an event, with the types its values had."""

    name: str
    types: list[str]


class EventShown(Schema):
    """An event that arrives. `meaning`: whether it counts as value or base behaviour, or is ignored."""

    id: int
    name: str
    kind: str
    meaning: Meaning
    feature: str | None
    properties: list[PropertyShown]
    created_at: datetime


class Listed(Paged):
    name: Annotated[Text, Field(max_length=200, description="Only the event of this name.")] = ""


@router.get("/events", response=Page[EventShown], summary="List the events of the catalogue")
@needs(Area.EVENTS, Access.READ, Permission.MANAGE_CATALOGUE)
def list_events(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Every event that ever arrived, the first one first."""
    found = event_types_for(request.member).select_related("feature").prefetch_related("properties")
    if asked.name:
        found = found.filter(name=asked.name)
    return page_of(found, asked, lambda rows: [_event(each) for each in rows])


@router.get("/events/{id}", response=EventShown, summary="Read an event of the catalogue")
@needs(Area.EVENTS, Access.READ, Permission.MANAGE_CATALOGUE, single=True)
def get_event(request: ApiRequest, id: Id) -> EventShown:
    """One event."""
    found = one(event_types_for(request.member).select_related("feature").filter(pk=id))
    return _event(found)


def _event(event: EventType) -> EventShown:
    properties = sorted(event.properties.all(), key=lambda each: each.name)
    return EventShown(
        id=event.pk,
        name=event.name,
        kind=event.kind,
        meaning=MEANINGS[event.event_class],
        feature=event.feature.name if event.feature else None,
        properties=[PropertyShown(name=each.name, types=each.types) for each in properties],
        created_at=event.created_at,
    )
