"""One thing that happened to a customer, and its place among the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, DateTimeField, Model, Q, QuerySet

from tenure.lib.compiled import Given
from tenure.people.models import Member
from tenure.work.models import FollowUp, NextStep


class Kind(StrEnum):
    """What one can filter by; of things at the same instant the later kind here is told first."""

    FEATURE = "feature"
    USER = "user"
    HEALTH = "health"
    FIELD = "field"
    SEGMENT = "segment"
    CHANGE = "change"
    OPPORTUNITY = "opportunity"
    TICKET = "ticket"
    ANSWER = "answer"
    FOLLOW_UP = "follow-up"

    @property
    def rank(self) -> int:
        return list(Kind).index(self)


class Key(NamedTuple):
    """The place of an entry: latest first, then by kind, then by its row or its number within the instant."""

    at: datetime
    rank: int
    id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.rank}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Key":
        """A key from an address; raises ValueError."""
        when, rank, number = text.split("-")
        return cls(datetime.strptime(when, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(rank), int(number))


@dataclass(frozen=True)
class Entry:
    """`title` is what happened; `lines` say more; `by` who did it. `whole_day`: its hour is not known.

    `href` leads to the thing itself, `drawer` opens it beside. A `follow_up` is told whole, with the `steps` that were
    promised and how many `files` hang on it.
    """

    kind: Kind
    key: Key
    icon: str
    title: str
    lines: tuple[str, ...] = ()
    by: str = ""
    href: str = ""
    drawer: str = ""
    tone: str = ""
    whole_day: bool = False
    follow_up: FollowUp | None = None
    steps: Sequence[NextStep] = ()
    files: int = 0

    @property
    def at(self) -> datetime:
        return self.key.at


@dataclass(frozen=True)
class Asked:
    """Whose timeline, of what, and from where on. `accounts` are the account and those merged into it.

    `first_day` is the account's first with numbers, as far as it has any.
    Things from `since` (included) to `until` (not included), before the place `before`; at most `limit` of each kind.
    """

    member: Member
    accounts: Sequence[int]
    first_day: date | None
    day: date
    zone: ZoneInfo
    since: datetime | None
    until: datetime
    person: int | None
    text: str
    before: Key | None
    limit: int

    @property
    def account_id(self) -> int:
        return self.accounts[0]

    def holds(self, key: Key) -> bool:
        """Whether an entry at this place is asked for."""
        if key.at >= self.until or (self.since is not None and key.at < self.since):
            return False
        return self.before is None or key < self.before


_EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
_LAST: Final = 2**62

Of = TypeVar("Of", bound=Model)


class Place(NamedTuple):
    """Which rows of a kind are wanted: from `since`, before `until`, and before the entry at `at` numbered `last`."""

    since: datetime
    until: datetime
    at: datetime
    last: int

    @classmethod
    def of(cls, asked: Asked, kind: Kind) -> "Place":
        since = asked.since or _EARLIEST
        if asked.before is None:
            return cls(since, asked.until, asked.until, _LAST)
        at, rank, number = asked.before
        return cls(since, asked.until, at, _LAST if kind.rank < rank else number if kind.rank == rank else 0)


#: For questions that are compiled: ask with `**Place.of(asked, kind)._asdict()`.
GIVEN: Final[Any] = Place._make(
    Given(name, BigIntegerField() if name == "last" else DateTimeField()) for name in Place._fields
)


def page_of(rows: QuerySet[Of], place: Place, time: str, number: str) -> QuerySet[Of]:
    """The rows asked for, latest first; `time` and `number` name the columns that make a row's place."""
    sooner = Q(**{f"{time}__lt": place.at}) | Q(**{f"{number}__lt": place.last})
    bounds = {f"{time}__gte": place.since, f"{time}__lt": place.until, f"{time}__lte": place.at}
    return rows.filter(sooner, **bounds).order_by(f"-{time}", f"-{number}")
