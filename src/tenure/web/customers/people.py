"""The users of an account: those who used it, latest first, and then those who never did."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tenure.accounts.models import Identity, User, UserLink
from tenure.warehouse.store import Store, UserUse

PAGE = 25
SHOWN_IDENTITIES = 2
RECENT_DAYS = 28
MOST_USERS = 10_000  # of one account; those seen least lately are left out beyond it


@dataclass(frozen=True)
class UserRow:
    """A user in an account. `active_days` and `events` are of the last RECENT_DAYS; `last_day` None: never seen."""

    id: int
    name: str
    email: str
    identities: tuple[str, ...]
    more_identities: int
    last_day: date | None
    active_days: int
    events: int
    excluded: bool


@dataclass(frozen=True)
class UserPage:
    rows: tuple[UserRow, ...]
    total: int
    recent: int  # of them, users with events in the last RECENT_DAYS
    silent: int  # of them, users without any event
    offset: int

    @property
    def next_offset(self) -> int | None:
        end = self.offset + len(self.rows)
        return end if end < self.total else None

    @property
    def previous_offset(self) -> int:
        return max(0, self.offset - PAGE)


def user_page(store: Store, account_id: int, first_day: date, day: date, zone: ZoneInfo, offset: int = 0) -> UserPage:
    """One page of the account's users as of the day."""
    _, seen = store.account_users(account_id, min(first_day, day), day, limit=MOST_USERS)
    _, recent = store.account_users(account_id, day - timedelta(days=RECENT_DAYS - 1), day, limit=MOST_USERS)
    silent = _never_seen(account_id, {use.user_id for use in seen}, day, zone)
    ids = [use.user_id for use in seen] + silent
    page = ids[offset : offset + PAGE]
    rows = _rows(page, {use.user_id: use.last_day for use in seen}, {use.user_id: use for use in recent})
    return UserPage(tuple(rows), len(ids), len(recent), len(silent), offset)


def _never_seen(account_id: int, seen: set[int], day: date, zone: ZoneInfo) -> list[int]:
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    links = UserLink.objects.filter(account=account_id, since__lt=end, user__merged_into=None)
    linked = links.order_by("user__name", "user__email", "user").values_list("user", flat=True)
    return [user_id for user_id in dict.fromkeys(linked) if user_id not in seen]


def _rows(ids: Sequence[int], last_days: Mapping[int, date], recent: Mapping[int, UserUse]) -> list[UserRow]:
    users = User.objects.in_bulk(ids)
    identities: dict[int, list[str]] = defaultdict(list)
    known_as = Identity.objects.filter(user__in=ids).order_by("anonymous", "pk")
    for user_id, external_id in known_as.values_list("user", "external_id"):
        identities[user_id].append(external_id)
    return [_row(users[pk], identities[pk], last_days.get(pk), recent.get(pk)) for pk in ids if pk in users]


def _row(user: User, identities: Sequence[str], last_day: date | None, use: UserUse | None) -> UserRow:
    return UserRow(
        id=user.pk,
        name=str(user),
        email=user.email if user.name else "",
        identities=tuple(identities[:SHOWN_IDENTITIES]),
        more_identities=max(0, len(identities) - SHOWN_IDENTITIES),
        last_day=last_day,
        active_days=use.active_days if use else 0,
        events=use.count if use else 0,
        excluded=user.excluded_at is not None,
    )
