"""Segments over time: how many were in one on each day, who entered and left; and what a condition means before it is
saved.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from tenure.accounts.access import accounts_for
from tenure.accounts.fields.telling import in_use
from tenure.api.asked import Body, Day, Id
from tenure.api.errors import Refusal
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.segments.shown import Document
from tenure.api.within import asked_day, node_of, segment_of
from tenure.core.conditions.tree import EVERYONE
from tenure.people.models import Area
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import read_catalogue
from tenure.segments.models import Membership
from tenure.segments.sentence import sentence

router = Router(tags=["Segments"])
MOST_DAYS: Final = 400


class ConditionAsked(Body):
    condition: Document
    day: Annotated[Day | None, Field(description="The day asked about; the latest with numbers when left out.")] = None


class ConditionMeans(Schema):
    """`says` is the condition in words; it means `accounts` of the `of` customers in sight on the day."""

    says: str
    day: date
    accounts: int
    of: int


class SizeShown(Schema):
    """How many customers in sight were in it at the end of a day."""

    day: date
    accounts: int


class Span(Schema):
    """Both days included."""

    first: Annotated[Day | None, Field(description="28 days up to the last when left out.")] = None
    last: Annotated[Day | None, Field(description="The latest day with numbers when left out.")] = None


class StayShown(Schema):
    """A customer was in the segment from `entered_at` until `left_at`, null: it is in it still. `entered_because` says
    what was seen; `entered_by_change`, `left_by_change`: the condition had become another one, not the customer.
    """

    account_id: int
    entered_at: datetime
    entered_because: str
    entered_by_change: bool
    left_at: datetime | None
    left_because: str
    left_by_change: bool


@router.post("/conditions/meaning", response=ConditionMeans, summary="Ask what a condition means")
@needs(Area.SEGMENTS)
def read_condition(request: ApiRequest, body: ConditionAsked) -> ConditionMeans:
    """The condition in words, and how many customers it means on a day; nothing is saved."""
    catalogue, day = read_catalogue(), asked_day(body.day)
    node = node_of(body.condition, catalogue, "body.condition")
    asking = asking_of(request.member, catalogue)
    everyone = asking.counts(EVERYONE, day, day).get(day, 0)
    return ConditionMeans(says=sentence(node, catalogue), day=day, accounts=len(asking.on(node, day)), of=everyone)


@router.get("/segments/{id}/sizes", response=list[SizeShown], summary="Read the size of a segment by day")
@needs(Area.SEGMENTS)
def list_segment_sizes(request: ApiRequest, id: Id, asked: Query[Span]) -> list[SizeShown]:
    """By its condition as it is now, of the customers in sight; the oldest day first."""
    catalogue, last = read_catalogue(), asked_day(asked.last)
    node = node_of(segment_of(request, id).condition, catalogue, "segment")
    first = asked.first or last - timedelta(days=27)
    if (last - first).days >= MOST_DAYS:
        raise Refusal(422, _("At most %(most)s days at once.") % {"most": MOST_DAYS}, path="query.first")
    counts = asking_of(request.member, catalogue).counts(node, first, last)
    return [SizeShown(day=day, accounts=count) for day, count in sorted(counts.items())]


@router.get("/segments/{id}/stays", response=Page[StayShown], summary="List who entered a segment and left it")
@needs(Area.SEGMENTS)
def list_segment_stays(request: ApiRequest, id: Id, asked: Query[Paged]) -> dict[str, Any]:
    """As it was written down when it was seen, of the customers in sight, the latest entry first."""
    found = Membership.objects.filter(segment=segment_of(request, id), account__in=accounts_for(request.member))
    return page_of(found, asked, lambda rows: [_show(each) for each in rows], by="-entered_at")


def _show(row: Membership) -> StayShown:
    return StayShown(
        account_id=row.account_id,
        entered_at=row.entered_at,
        entered_because=_because(row.entered),
        entered_by_change=row.began_by_change,
        left_at=row.left_at,
        left_because=_because(row.left),
        left_by_change=row.ended_by_change,
    )


def _because(seen: dict[str, Any]) -> str:
    return in_use(seen["because"]) if seen.get("because") else ""
