"""The users of an account: those who used it, latest first, then those who never did, then those not counted."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Identity, User, UserLink
from tenure.warehouse.store import Store, UserUse

PAGE = 25
AT_ONCE = 500  # users of a file that are looked up together
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


class Shown(StrEnum):
    """Which users are asked for; the value is the address's."""

    ALL = ""
    COUNTED = "counted"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class UserPage:
    """`counted`, `recent` and `silent` are of the users that count; `total` of those that are shown."""

    rows: tuple[UserRow, ...]
    shown: Shown
    total: int
    counted: int
    recent: int  # with events in the last RECENT_DAYS
    silent: int  # without any event
    excluded: int
    offset: int

    @property
    def filters(self) -> list[tuple[Shown, int]]:
        """The filters with how many users each shows; none while everybody counts."""
        if not self.excluded:
            return []
        counts = (self.counted + self.excluded, self.counted, self.excluded)
        return list(zip(Shown, counts, strict=True))

    @property
    def next_offset(self) -> int | None:
        end = self.offset + len(self.rows)
        return end if end < self.total else None

    @property
    def previous_offset(self) -> int:
        return max(0, self.offset - PAGE)


def user_page(
    store: Store,
    account_id: int,
    first_day: date,
    day: date,
    zone: ZoneInfo,
    offset: int = 0,
    shown: Shown = Shown.ALL,
) -> UserPage:
    """One page of the account's users as of the day."""
    found = _find(store, account_id, first_day, day, zone)
    ids = found.shown(shown)
    return UserPage(
        tuple(found.rows(ids[offset : offset + PAGE])),
        shown,
        total=len(ids),
        counted=len(found.counted),
        recent=found.recently,
        silent=found.silent,
        excluded=len(found.excluded),
        offset=offset,
    )


def every_user(
    store: Store, account_id: int, first_day: date, day: date, zone: ZoneInfo, shown: Shown
) -> Iterator[UserRow]:
    """All of the account's users, in the order of its pages, with everything they are known as."""
    found = _find(store, account_id, first_day, day, zone)
    ids = found.shown(shown)
    for first in range(0, len(ids), AT_ONCE):
        yield from found.rows(ids[first : first + AT_ONCE], most_identities=None)


Uses = dict[int, UserUse]


@dataclass(frozen=True)
class _Found:
    """The users in the order of the pages; `recently` and `silent` are how many of those that count."""

    counted: list[int]
    excluded: list[int]
    ever: Uses
    recent: Uses
    recently: int
    silent: int

    def shown(self, which: Shown) -> list[int]:
        both = {Shown.COUNTED: self.counted, Shown.EXCLUDED: self.excluded}
        return both.get(which, [*self.counted, *self.excluded])

    def rows(self, ids: Sequence[int], most_identities: int | None = SHOWN_IDENTITIES) -> list[UserRow]:
        return _rows(ids, self.ever, self.recent, most_identities)


def _find(store: Store, account_id: int, first_day: date, day: date, zone: ZoneInfo) -> _Found:
    seen, recent = _uses(store, account_id, first_day, day, excluded=False)
    left_out, left_out_recent = _uses(store, account_id, first_day, day, excluded=True)
    silent, silent_left_out = _never_seen(account_id, seen.keys() | left_out.keys(), day, zone)
    return _Found(
        counted=[*seen, *silent],
        excluded=[*left_out, *silent_left_out],
        ever=seen | left_out,
        recent=recent | left_out_recent,
        recently=len(recent),
        silent=len(silent),
    )


def _uses(store: Store, account_id: int, first_day: date, day: date, *, excluded: bool) -> tuple[Uses, Uses]:
    """What users did ever, and in the last RECENT_DAYS, latest first; of those that count or of those that do not."""

    def uses(first: date) -> Uses:
        _, found = store.account_users(account_id, first, day, limit=MOST_USERS, excluded=excluded)
        return {use.user_id: use for use in found}

    return uses(min(first_day, day)), uses(day - timedelta(days=RECENT_DAYS - 1))


def _never_seen(account_id: int, seen: Collection[int], day: date, zone: ZoneInfo) -> tuple[list[int], list[int]]:
    """Users linked until the day without any event: those that count, and those that do not."""
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    links = UserLink.objects.filter(account__in=members_of(account_id), since__lt=end, user__merged_into=None)
    linked = links.order_by("user__name", "user__email", "user").values_list("user", "user__excluded_at")
    silent = {user_id: excluded_at for user_id, excluded_at in linked if user_id not in seen}
    counted = [user_id for user_id, excluded_at in silent.items() if excluded_at is None]
    return counted, [user_id for user_id in silent if silent[user_id] is not None]


def _rows(
    ids: Sequence[int], ever: Mapping[int, UserUse], recent: Mapping[int, UserUse], most_identities: int | None
) -> list[UserRow]:
    users = User.objects.in_bulk(ids)
    identities: dict[int, list[str]] = defaultdict(list)
    known_as = Identity.objects.filter(user__in=ids).order_by("anonymous", "pk")
    for user_id, external_id in known_as.values_list("user", "external_id"):
        identities[user_id].append(external_id)
    return [_row(users[pk], identities[pk], ever.get(pk), recent.get(pk), most_identities) for pk in ids if pk in users]


def _row(
    user: User, identities: Sequence[str], ever: UserUse | None, use: UserUse | None, most_identities: int | None
) -> UserRow:
    shown = tuple(identities[:most_identities])
    return UserRow(
        id=user.pk,
        name=str(user),
        email=user.email if user.name else "",
        identities=shown,
        more_identities=len(identities) - len(shown),
        last_day=ever.last_day if ever else None,
        active_days=use.active_days if use else 0,
        events=use.count if use else 0,
        excluded=user.excluded_at is not None,
    )
