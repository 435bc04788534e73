"""Who is in charge: now, at the end of a day, and over time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from tenure.accounts.merging.members import survivors, with_merged
from tenure.accounts.models import Account, Assignment, AssignmentRole
from tenure.core.allotment import Load
from tenure.remembered.remember import remembered

MRR = "mrr"  # the attribute that says what an account pays a month, while there are no contracts


def moment_of(day: date, latest_day: date, zone: ZoneInfo) -> datetime | None:
    """The moment to ask about for an as-of day: its end, or None, which is now, for the latest."""
    return None if day >= latest_day else datetime.combine(day + timedelta(days=1), time(), zone)


def at(moment: datetime | None) -> QuerySet[Assignment]:
    """The assignments that held just before the moment; the current ones for None."""
    if moment is None:
        return Assignment.objects.filter(until=None)
    return Assignment.objects.filter(Q(until=None) | Q(until__gte=moment), since__lt=moment)


def as_known(moment: datetime, known_at: datetime) -> QuerySet[Assignment]:
    """The assignments that held just before the moment, as far as it was known at `known_at`, itself included."""
    known = Q(began__recorded_at__lte=known_at) & (Q(restored=None) | Q(restored__undone_at__lte=known_at))
    not_withdrawn = Q(withdrawn=None) | Q(withdrawn__undone_at__gt=known_at)
    held = Q(ended=None) | Q(ended__recorded_at__gt=known_at) | Q(until__gte=moment)
    return Assignment.recorded.filter(known, not_withdrawn, held, since__lt=moment)


@remembered
def roles_in_use() -> Sequence[AssignmentRole]:
    """The roles that are not archived, in their order."""
    return list(AssignmentRole.objects.filter(archived_at=None))


def names_in_charge(
    account_ids: Collection[int], role_ids: Collection[int], moment: datetime | None
) -> dict[tuple[int, int], list[str]]:
    """{(account, role): names of the members}, those in charge for longest first; then those of merged accounts."""
    of_merged = survivors()
    rows = at(moment).filter(role__in=role_ids, account_id__any_of=list(with_merged(account_ids)))
    turns = rows.order_by("since", "pk").values_list("account_id", "role_id", "member__name", "member__email")
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for account, role, name, email in sorted(turns, key=lambda turn: turn[0] in of_merged):
        names = found[of_merged.get(account, account), role]
        if (name or email) not in names:
            names.append(name or email)
    return found


def books(moment: datetime | None, member_ids: Collection[int] | None = None) -> dict[int, set[int]]:
    """{member: ids of the accounts they are in charge of, in any role}; None is every member."""
    rows = at(moment) if member_ids is None else at(moment).filter(member_id__any_of=list(member_ids))
    found: dict[int, set[int]] = defaultdict(set)
    for member, account in rows.values_list("member_id", "account_id"):
        found[member].add(account)
    return found


def book_of(member_id: int, moment: datetime | None) -> frozenset[int]:
    """The ids of the accounts the member is in charge of, in any role; of a merged one, where it lives on."""
    held = frozenset(at(moment).filter(member_id=member_id).values_list("account_id", flat=True))
    return held | {last for merged, last in survivors().items() if merged in held}


def without_anybody(moment: datetime | None) -> frozenset[int]:
    """The ids of the accounts nobody is in charge of, neither of them nor of what was merged into them."""
    taken = at(moment).values("account_id")
    free = frozenset(Account.objects.exclude(pk__in=taken).values_list("pk", flat=True))
    return free - {last for merged, last in survivors().items() if merged not in free}


def loads(role_id: int, member_ids: Collection[int]) -> dict[int, Load]:
    """What each of the members looks after in the role now, in the order given."""
    found = dict.fromkeys(member_ids, Load())
    rows = at(None).filter(role=role_id, member_id__any_of=list(member_ids)).values_list("member_id", "account__traits")
    for member, traits in rows:
        found[member] = found[member].plus(mrr_of(traits))
    return found


def mrr_of(traits: Mapping[str, object]) -> float:
    """What an account's attributes say it pays a month; 0 where they do not."""
    value = traits.get(MRR)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
