"""Who is in charge of accounts, day by day, as it comes along with a question to the warehouse."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from tenure.accounts.merging.members import survivors
from tenure.accounts.models import Assignment

Piece = tuple[int, date, str]


def in_charge(role_key: str, first: date, last: date, zone: ZoneInfo) -> list[Piece]:
    """(account, day, ids of the members as JSON): from that day on, as at its end, for the days from first to last.

    What is with a merged account counts for the one it lives on in.
    """
    begin, end = _end_of(first, zone), _end_of(last, zone)
    held = Assignment.objects.filter(Q(until=None) | Q(until__gte=begin), role__key=role_key, since__lt=end)
    into = survivors()
    spans: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for account, member, since, until in held.values_list("account_id", "member_id", "since", "until"):
        left = until.astimezone(zone).date() if until else None
        spans[into.get(account, account)].append((member, since.astimezone(zone).date(), left))
    return [(account, *piece) for account, found in spans.items() for piece in _pieces(found)]


def _pieces(spans: list[tuple[int, date, date | None]]) -> Iterable[tuple[date, str]]:
    days = sorted({day for _, since, until in spans for day in (since, until) if day})
    for day in days:
        members = {member for member, since, until in spans if since <= day and (until is None or day < until)}
        yield day, f"[{','.join(map(str, sorted(members)))}]"


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)
