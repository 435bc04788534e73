"""Who entered a segment and left it, as it was written down when it was seen: the latest first."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tenure.accounts.access import accounts_for
from tenure.accounts.fields.telling import in_use
from tenure.people.models import Member
from tenure.segments.models import Membership, Segment

MOST = 30


@dataclass(frozen=True)
class Crossing:
    """`by_change`: the condition had become another one; the customer had not."""

    at: datetime
    name: str
    href: str
    entered: bool
    because: str
    by_change: bool
    version: int


def crossings(segment: Segment, member: Member, until: datetime) -> list[Crossing]:
    """Up to a moment, of the customers the member may see. Those it began with entered nothing."""
    seen = Membership.objects.filter(segment=segment, account__in=accounts_for(member)).select_related("account")
    entered = seen.filter(entered_at__lte=until).exclude(began_by_change=True, entered__version=1)
    left = seen.filter(left_at__lte=until)
    rows = [_of(row, entered=True) for row in entered.order_by("-entered_at", "-pk")[:MOST]]
    rows += [_of(row, entered=False) for row in left.order_by("-left_at", "-pk")[:MOST]]
    return sorted(rows, key=lambda each: each.at, reverse=True)[:MOST]


def _of(row: Membership, *, entered: bool) -> Crossing:
    at, seen = (row.entered_at, row.entered) if entered else (row.left_at, row.left)
    assert at is not None
    return Crossing(
        at,
        str(row.account),
        reverse("customers:page", args=[row.account_id]),
        entered,
        in_use(seen["because"]) if seen.get("because") else "",
        row.began_by_change if entered else row.ended_by_change,
        seen.get("version", 1),
    )
