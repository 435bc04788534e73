"""The timeline of a customer: everything that ever happened, the latest first."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account
from tenure.api.asked import Day, Id, Text
from tenure.api.errors import Refusal
from tenure.api.follow_ups.shown import FollowUpShown, show_follow_ups
from tenure.api.guarding import check_scope, needs
from tenure.api.paging import MOST, Page, Paged
from tenure.api.request import ApiRequest
from tenure.api.within import account_of, asked_day
from tenure.lib import clock
from tenure.people.models import Area
from tenure.timeline.entry import Asked, Entry, Key, Kind
from tenure.timeline.reading import read_timeline
from tenure.ui.page import latest_day

router = Router(tags=["Customers"])
YEARS: Final = (1970, 2199)
LIMITS: Final = (51, MOST + 1)  # few: the questions of each are compiled
#: What a token must be let into to read a kind, beside customers.
AREAS: Final[Mapping[Kind, Area]] = {
    Kind.FOLLOW_UP: Area.FOLLOW_UPS,
    Kind.SEGMENT: Area.SEGMENTS,
    Kind.HEALTH: Area.NUMBERS,
    Kind.USER: Area.USERS,
    Kind.FEATURE: Area.USERS,
}


class TimelineEntry(Schema):
    """Something that happened, in words: `title`, and `lines` that say more. `by` did it. `whole_day`: its hour is not
    known. A `follow_up` is told whole.
    """

    kind: Kind
    at: datetime
    whole_day: bool
    title: str
    lines: list[str]
    by: str
    follow_up: FollowUpShown | None


class Listed(Paged):
    kind: Annotated[
        list[Kind], Field(max_length=20, description="Only of these kinds; of every kind when left out.")
    ] = []
    member: Annotated[Id | None, Field(description="Only what this member did or took part in.")] = None
    search: Annotated[Text, Field(max_length=200, description="Only what holds this text.")] = ""
    since: Annotated[Day | None, Field(description="From this day on.")] = None
    until: Annotated[Day | None, Field(description="Up to this day.")] = None
    day: Annotated[Day | None, Field(description="As it was at the end of this day.")] = None


@router.get("/accounts/{id}/timeline", response=Page[TimelineEntry], summary="Read the timeline of a customer")
@needs(Area.ACCOUNTS)
def list_timeline(request: ApiRequest, id: Id, asked: Query[Listed]) -> dict[str, Any]:
    """Everything that happened with it, the latest first. Follow-ups, segments, numbers and users each want their
    scope, too, unless `kind` leaves them out.
    """
    kinds = frozenset(asked.kind or Kind)
    for area in sorted({AREAS[kind] for kind in kinds & AREAS.keys()}):
        check_scope(request.token, area)
    entries, whole_of_it = read_timeline(_asked(request, account_of(request, id), asked), kinds)
    if not whole_of_it:
        said = _("Health, users and features could not be read in time. Ask for a shorter time, or for other kinds.")
        raise Refusal(422, said, code="too_much")
    shown = entries[: asked.limit]
    return {
        "items": [_show(each) for each in shown],
        "next": str(shown[-1].key) if len(entries) > asked.limit else None,
    }


def _asked(request: ApiRequest, account: Account, asked: Listed) -> Asked:
    zone, day = settings.CONFIG.zone, asked_day(asked.day)
    last = clock.today(zone) if day >= latest_day() else day  # what people wrote today is there before its numbers
    return Asked(
        member=request.member,
        accounts=members_of(account.pk) or [account.pk],
        first_day=account.first_day,
        day=day,
        zone=zone,
        since=_start(asked.since) if asked.since else None,
        until=_start(min(asked.until or last, last) + timedelta(days=1)),
        person=asked.member,
        text=asked.search.strip(),
        before=_read(asked.after) if asked.after else None,
        limit=next(each for each in LIMITS if each > asked.limit),
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), settings.CONFIG.zone)


def _show(entry: Entry) -> TimelineEntry:
    return TimelineEntry(
        kind=entry.kind,
        at=entry.at.astimezone(UTC),
        whole_day=entry.whole_day,
        title=entry.title,
        lines=list(entry.lines),
        by=entry.by,
        follow_up=show_follow_ups([entry.follow_up])[0] if entry.follow_up else None,
    )


def _read(cursor: str) -> Key:
    try:
        key = Key.read(cursor)
        if not (YEARS[0] <= key.at.year <= YEARS[1] and 0 <= key.rank < len(Kind) and 0 <= key.id < 2**53):
            raise ValueError
        return key
    except ValueError:
        raise Refusal(422, _("This is not the “next” of a page before."), path="query.after") from None
