"""The audit log: what was done, latest first, with filters, a page at a time by key."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from tenure.activity.models import Activity


@dataclass(frozen=True)
class AuditQuery:
    """Everything that is None or empty does not filter.

    who            a member's id: what they did, and what was done to them
    verb           the name of a verb, or the part before its dot: "member"
    accounts       ids of accounts it concerns; an empty collection is none at all
    first, last    days on which it was recorded, both included, in `zone`
    search         part of who did it, of what it was done to, or of what they wrote
    before         only what stands below the activity with this id; none when there is no such activity
    """

    zone: ZoneInfo
    who: int | None = None
    verb: str = ""
    accounts: Collection[int] | None = None
    first: date | None = None
    last: date | None = None
    search: str = ""
    before: int | None = None


def find(query: AuditQuery) -> QuerySet[Activity]:
    """The activities, latest recorded first; the last of a page is the key of the next one."""
    found = Activity.objects.order_by("-recorded_at", "-id")
    if query.before is not None:
        last = Activity.objects.filter(pk=query.before).first()
        if last is None:
            return found.none()
        found = found.filter(Q(recorded_at__lt=last.recorded_at) | Q(recorded_at=last.recorded_at, pk__lt=last.pk))
    if query.who is not None:
        found = found.filter(Q(actor=query.who) | Q(subject_kind="member", subject_id=query.who))
    if query.verb:
        found = found.filter(Q(verb=query.verb) | Q(verb__startswith=f"{query.verb}."))
    if query.accounts is not None:
        found = found.filter(accounts__account__in=query.accounts).distinct()
    if query.first is not None:
        found = found.filter(recorded_at__gte=_start(query.first, query.zone))
    if query.last is not None:
        found = found.filter(recorded_at__lt=_start(query.last + timedelta(days=1), query.zone))
    if query.search:
        text = query.search
        found = found.filter(Q(by__icontains=text) | Q(subject_name__icontains=text) | Q(text__icontains=text))
    return found


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
