"""How often customers were followed up, day by day: what touch coverage is made of."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count

from tenure.accounts.assignments.reading import at
from tenure.health.counted.rooms import changed_on, name_count
from tenure.work.models import FollowUp, Participant

FOLLOW_UPS: Final = "follow_ups"
#: Those in which somebody took part who is in charge of the customer at the end of the last day.
OWN_FOLLOW_UPS: Final = "own_follow_ups"


def register() -> None:
    name_count(FOLLOW_UPS, follow_ups_between)
    name_count(OWN_FOLLOW_UPS, own_follow_ups_between)


def follow_ups_between(first: date, last: date) -> Mapping[int, float]:
    """Follow-ups of each account that has any, by anybody."""
    start, end = _span(first, last)
    rows = FollowUp.objects.filter(removed_at=None, at__gte=start, at__lt=end)
    counted = rows.order_by().values_list("account").annotate(count=Count("pk"))
    return {account_id: float(count) for account_id, count in counted}


def own_follow_ups_between(first: date, last: date) -> Mapping[int, float]:
    """Follow-ups of each account that has any by whoever is in charge of it, in any role, after the last day."""
    start, end = _span(first, last)
    in_charge = set(at(end).values_list("account_id", "member_id"))
    rows = Participant.objects.filter(follow_up__removed_at=None, follow_up__at__gte=start, follow_up__at__lt=end)
    own = {
        (account_id, pk)
        for account_id, pk, member_id in rows.values_list("follow_up__account", "follow_up", "member")
        if (account_id, member_id) in in_charge
    }
    found: dict[int, float] = {}
    for account_id, _pk in own:
        found[account_id] = found.get(account_id, 0.0) + 1
    return found


def touched(moments: Collection[datetime]) -> None:
    """Follow-ups of these moments were added, changed or taken away: days of the past are to be counted again."""
    if moments:
        days = [moment.astimezone(settings.CONFIG.zone).date() for moment in (min(moments), max(moments))]
        changed_on(FOLLOW_UPS, days[0], days[1])
        changed_on(OWN_FOLLOW_UPS, days[0], days[1])


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    zone = settings.CONFIG.zone
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
