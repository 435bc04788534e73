"""What a customer's users did: its events, a page at a time."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from tenure.api.asked import Day, Id
from tenure.api.errors import Refusal
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.events.models import EventType
from tenure.people.models import Area
from tenure.warehouse.current import store
from tenure.warehouse.store import EventFilter, EventRow

router = Router(tags=["Users"])
EARLIEST, LATEST = 1970, 2199


class DoneShown(Schema):
    """An event of a user; `user_id` null: of the customer itself, or of nobody known."""

    event: str
    event_id: int
    user_id: int | None
    time: datetime
    properties: dict[str, Any]


class Asked(Paged):
    event: Annotated[Id | None, Field(description="Only events of this name, by its id in the catalogue.")] = None
    user: Annotated[Id | None, Field(description="Only of this user.")] = None
    first: Annotated[Day | None, Field(description="From this day on.")] = None
    last: Annotated[Day | None, Field(description="Up to this day.")] = None


@router.get("/accounts/{id}/events", response=Page[DoneShown], summary="Read a customer's events")
@needs(Area.USERS)
def list_account_events(request: ApiRequest, id: Id, asked: Query[Asked]) -> dict[str, Any]:
    """The latest first, as they were loaded."""
    wanted = EventFilter(
        account_ids=[account_of(request, id).pk],
        user_id=asked.user,
        event_ids=None if asked.event is None else [asked.event],
        first=asked.first,
        last=asked.last,
        before=_read(asked.after) if asked.after else None,
    )
    found = store().events(wanted, limit=asked.limit + 1)
    rows = found[: asked.limit]
    names = dict(EventType.objects.filter(pk__in={row.event_id for row in rows}).values_list("pk", "name"))
    more = _write(rows[-1]) if len(found) > asked.limit else None
    return {"items": [_show(row, names.get(row.event_id, f"#{row.event_id}")) for row in rows], "next": more}


def _show(row: EventRow, name: str) -> DoneShown:
    said = msgspec.json.decode(row.properties) if row.properties else {}
    return DoneShown(
        event=name,
        event_id=row.event_id,
        user_id=row.user_id or None,
        time=row.time,
        properties=said if isinstance(said, dict) else {},
    )


def _write(row: EventRow) -> str:
    return f"{row.time.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{row.message_id.hex()}"


def _read(cursor: str) -> tuple[datetime, bytes]:
    when, _dash, message = cursor.partition("-")
    try:
        moment = datetime.strptime(when, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
        if not EARLIEST <= moment.year <= LATEST:
            raise ValueError
        return moment, UUID(hex=message).bytes
    except ValueError:
        raise Refusal(422, _("This is not the “next” of a page before."), path="query.after") from None
