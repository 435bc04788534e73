"""The warehouse as the rest of Tenure sees it: one protocol, two engines, the same answers.

Days are datetime.date in the workspace's zone; spans of days include both ends; times are aware datetimes in UTC.
One thread writes; any thread may read. Reads are bounded in time and rows and raise WarehouseBusy or
TooMuchData, never half an answer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from tenure.core.conditions.explanation import Evidence
from tenure.core.conditions.summary import Summary
from tenure.core.metrics import MetricSpec
from tenure.lib.errors import TenureError
from tenure.warehouse.conditions.question import Question


class WarehouseError(TenureError):
    """The warehouse cannot answer; the message says what to do."""


class WarehouseDamaged(WarehouseError):
    """The file cannot be opened or read: move it aside and rebuild from backup and inbox."""


class WarehouseBusy(WarehouseError):
    """A read took longer than its limit."""


class TooMuchData(WarehouseError):
    """A read would return more rows than its limit: narrow it."""


@dataclass(frozen=True)
class Relink:
    """The user's events that do not name an account themselves belong to `account_id` for since <= time < until.

    Both are UTC; None is open. Account 0 takes the account away. Applied to what is stored and to the batch it comes
    with.
    """

    user_id: int
    account_id: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Reassign:
    """Every event sent under this identity is this user's: an anonymous id became known, or is another's."""

    identity_id: int
    user_id: int


@dataclass(frozen=True)
class Batch:
    """What one transaction of the loader writes. `rows` has schema.EVENT; ids are resolved, times checked.

    `links` are (account_id, user_id, first_day) known without an event (group calls, imports). `timeless` is true
    when some row took its time from its arrival: then duplicates are looked for in the 7 days before as well.
    `withdrawn` are messages whose stored events are taken out, before anything else; such a batch has no rows.
    """

    rows: pa.Table
    position: int
    links: Sequence[tuple[int, int, date]] = ()
    reassigns: Sequence[Reassign] = ()
    relinks: Sequence[Relink] = ()
    timeless: bool = False
    withdrawn: Sequence[bytes] = ()


@dataclass(frozen=True)
class Appended:
    added: int
    duplicates: int
    days: frozenset[date] = field(default_factory=frozenset)  # days whose numbers changed


@dataclass(frozen=True)
class EventRow:
    message_id: bytes
    account_id: int
    user_id: int
    event_id: int
    time: datetime
    day: date
    received_at: datetime
    properties: str


@dataclass(frozen=True)
class EventFilter:
    """Which events to list. None is no limit; no accounts or no events at all (empty) is no event.

    `before` = (time, message_id) of the page before's last row.
    """

    account_ids: Collection[int] | None = None
    user_id: int | None = None
    event_ids: Collection[int] | None = None
    first: date | None = None
    last: date | None = None
    before: tuple[datetime, bytes] | None = None


@dataclass(frozen=True)
class EventTotal:
    event_id: int
    count: int
    first_day: date
    last_day: date
    recent: int = 0  # of the span asked for


@dataclass(frozen=True)
class UserUse:
    """What one user did in an account over a span; `last_day` is within the span."""

    user_id: int
    active_days: int
    count: int
    value_count: int
    last_day: date


@dataclass(frozen=True)
class UserRun:
    """A user used an account's product from one day to another, without a long gap; see Store.user_runs."""

    user_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class MetricColumn:
    """A metric to measure: its id (column m{id}), its key (named by ratios) and its spec."""

    id: int
    key: str
    spec: MetricSpec


@dataclass(frozen=True)
class AccountQuery:
    """A page of accounts on a day. `visible` None is everyone, else the ids the member may see.

    `search` matches part of the name or external id, without regard to case. `order_by` is "name" or a column of
    account_day; accounts without a value come last in either direction, ties by name then id.
    """

    day: date
    columns: Sequence[str]
    order_by: str = "name"
    descending: bool = False
    search: str = ""
    states: Collection[int] | None = None
    account_ids: Collection[int] | None = None
    visible: Collection[int] | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True)
class AccountPage:
    """`rows`: (account_id, *columns), None where there is no value; `total` counts all that match."""

    total: int
    rows: list[tuple[int, *tuple[float | int | None, ...]]]


@dataclass(frozen=True)
class FactQuery:
    """What was true at `as_of` as far as it was known at `known_at` (None: now), both with their instant.

    `fields` and `account_ids` None are all.
    """

    as_of: datetime
    known_at: datetime | None = None
    fields: Collection[str] | None = None
    account_ids: Collection[int] | None = None


@dataclass(frozen=True)
class Totals:
    events: int
    users: int
    accounts: int
    first_day: date | None
    last_day: date | None
    bytes: int


class Store(Protocol):
    """See schema.py for the tables."""

    # -- writing: only the loader, close_day and the verbs that change dimensions, one thread at a time
    def append(self, batch: Batch) -> Appended:
        """Writes a batch in one transaction: events not stored yet, repairs, both roll-ups, links, position.

        Duplicates (same message_id) are dropped: in the batch the first row stays; against what is stored on the
        days of the batch's rows, and on the 7 days before each of them when `timeless`. Repeating a batch changes
        nothing but position. Of several reassigns of an identity, or relinks that hold an event, the last one counts.
        Order: rows, reassigns, relinks, links. Touched days become dirty. The account_user pairs of every user a
        reassign or relink names, or takes events from, are made again from the stored events before `links` are added
        (the loader sends all links of such users along), so nothing depends on the order in which things arrived.
        """
        ...

    def position(self) -> int:
        """Inbox id up to which bodies are loaded; 0 at first."""
        ...

    def set_accounts(self, rows: Iterable[tuple[int, str, str, date | None]]) -> None:
        """Adds or replaces account dimension rows: (account_id, name, external_id, first_day)."""
        ...

    def listed_accounts(self) -> set[int]:
        """The accounts that have a dimension row, a fact, or a row of account_day."""
        ...

    def drop_accounts(self, account_ids: Collection[int]) -> None:
        """Takes away all that is listed, copied or computed of these accounts; they have no events and no links."""
        ...

    def set_events(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Adds or replaces event_dim rows: (event_id, event_class, feature). An event without a row is ignored."""
        ...

    def set_excluded_users(self, user_ids: Iterable[int]) -> None:
        """Replaces the set of users that are never counted. The days on which a changed one has events become dirty."""
        ...

    def set_merged(self, into: Mapping[int, int]) -> None:
        """Replaces the map of merged accounts: merged -> survivor, chains followed to their end.

        What is stored for a merged account stays as it is, and so does what comes under it later: every read takes it
        for the survivor's, and a merged account has nothing. Its account_day rows go; days have to be closed again
        for the survivor's numbers to hold both, and again when the map is taken back.
        """
        ...

    def erase_properties(self, identity_ids: Collection[int]) -> int:
        """Empties the properties of every event under these identities; returns how many events it changed.

        The old texts leave the files as far as the engine can; doing it again changes nothing.
        """
        ...

    def set_facts(self, ids: range, rows: pa.Table) -> None:
        """Makes `rows` (schema.FACT) the facts with these ids: adds, replaces and takes away."""
        ...

    def fact_blocks(self, first: int = 0) -> dict[int, tuple[int, int]]:
        """{id // FACT_BLOCK: (facts stored, sum of their account ids)}, from this block on.

        Where the copy is behind, or an account's facts went to another, they differ from the operational database's.
        """
        ...

    def first_days(self) -> dict[int, date]:
        """First day in account_user (events and links) of every account by itself, merged or not, without account 0."""
        ...

    def recount_users(self) -> None:
        """Computes user_day again from the events, after events changed class."""
        ...

    def dirty_days(self) -> list[date]:
        """Days touched since they were last refreshed, ascending."""
        ...

    def refresh_days(self, days: Collection[date]) -> None:
        """Makes the roll-ups of these days exact (distinct users per event; deltas folded) and takes them off dirty.

        Until then counts are exact and `users` of an event and day is at most what it will be.
        """
        ...

    def sort_month(self, month: date) -> None:
        """Rewrites a closed month sorted by (account, time); reads give the same answers before and after."""
        ...

    # -- account_day
    def measure(
        self, day: date, metrics: Sequence[MetricColumn], traits: Mapping[str, Mapping[int, float]]
    ) -> pa.Table:
        """Every metric for every account whose first_day is not after `day`: account_id, m{id} (nullable float64) ...

        Usage metrics (all but opened_users, all_features, trait and ratio) have no value before the account's first
        event, of whatever class. `traits[name][account_id]` are the attributes as of the day. A ratio whose parts are
        not in `metrics`, or that is made of itself, is a core.metrics.BadRatio. Cost depends on the windows, not on
        how much history there is.
        """
        ...

    def write_day(self, day: date, rows: pa.Table, *, known: bool = False) -> None:
        """Replaces the day's account_day rows with these columns (missing ones become null), in one transaction.

        New m{id} columns are added first. `known` also keeps them in account_day_known unless the day is there.
        Reading a column m{id} that was never written gives None everywhere; any other unknown column is a ValueError.
        """
        ...

    def write_days(self, days: Mapping[date, pa.Table]) -> None:
        """Replaces several days, each as write_day does, all of them in one transaction."""
        ...

    def drop_metric(self, metric_id: int) -> None:
        """Forgets a metric version's column, in both tables; nothing happens when there is none."""
        ...

    def closed_days(self) -> tuple[date, date] | None:
        """First and last day with account_day rows."""
        ...

    # -- reading account_day
    def accounts(self, query: AccountQuery) -> AccountPage:
        """One page of accounts with their columns on a day.

        Accounts without a row that day, or unknown to set_accounts, are not in it. Names sort by schema.name_sort.
        """
        ...

    def account_series(
        self,
        account_ids: Collection[int],
        columns: Sequence[str],
        first: date,
        last: date,
        step_days: int = 1,
    ) -> list[tuple[int, date, *tuple[float | int | None, ...]]]:
        """(account_id, day, *columns) by account and day; with a step, the days last, last - step, ..."""
        ...

    def day_values(
        self, day: date, columns: Sequence[str], *, known: bool = False
    ) -> list[tuple[int, *tuple[float | int | None, ...]]]:
        """(account_id, *columns) of every account that day, by account."""
        ...

    def state_counts(
        self, first: date, last: date, visible: Collection[int] | None = None
    ) -> list[tuple[date, int, int]]:
        """(day, health_state, accounts) by day and state; rows without a state are left out."""
        ...

    # -- conditions over account_day, facts and whatever comes with the question
    def matching(self, question: Question) -> dict[date, frozenset[int]]:
        """The accounts for which the condition holds, by day; days without any are left out.

        They are those of core.conditions.interpreter. A condition on which `names_me` is true is a ValueError.
        """
        ...

    def matching_counts(self, question: Question) -> list[tuple[date, int]]:
        """(day, how many accounts `matching` has) by day; days without any are left out."""
        ...

    def summaries(self, question: Question, column: str) -> list[Summary]:
        """What the accounts `matching` has together of a column of account_day, by day; days without any are left out.

        See core.conditions.summary.summarise.
        """
        ...

    def evidence(self, question: Question, account_id: int) -> Evidence:
        """What core.conditions.explanation needs to explain one account on the question's last day."""
        ...

    # -- reading facts
    def facts_at(self, query: FactQuery) -> list[tuple[int, str, str]]:
        """(account_id, field, value as JSON) by account and field, without values that are null.

        A fact counts unless one known by then corrects it. Of those true by then the latest stands, of one time the
        one with the greater text.
        """
        ...

    # -- reading events and roll-ups
    def totals(self) -> Totals:
        """Events stored; users and accounts they name, excluded users too; bytes on disk."""
        ...

    def count_events(self, filter: EventFilter) -> int: ...

    def events(self, filter: EventFilter, limit: int = 100) -> list[EventRow]:
        """Latest first: by (time, message_id) descending."""
        ...

    def event_totals(self, recent: tuple[date, date] | None = None) -> list[EventTotal]:
        """Per event ever seen, by event_id; `recent` is the span that EventTotal.recent counts."""
        ...

    def event_volumes(
        self, first: date, last: date, event_ids: Collection[int] | None = None
    ) -> list[tuple[int, date, int]]:
        """(event_id, day, count) over all accounts, by event and day; None is every event."""
        ...

    def account_events(self, account_id: int, first: date, last: date) -> list[tuple[date, int, int, int]]:
        """(day, event_id, count, users) of one account, by day and event."""
        ...

    def account_users(
        self, account_id: int, first: date, last: date, limit: int = 50, offset: int = 0, *, excluded: bool = False
    ) -> tuple[int, list[UserUse]]:
        """How many users used the account's product in the span, and one page of them.

        Use is a base or value event; excluded users are left out, or are the only ones with `excluded`. Latest day
        first, then larger count, smaller id.
        """
        ...

    def active_users(self, account_id: int, spans: Sequence[tuple[date, date]]) -> list[int]:
        """Active users (at least one value event, not excluded) of each span."""
        ...

    def active_users_by_day(self, account_id: int, first: date, last: date) -> list[tuple[date, int]]:
        """(day, active users) by day; days without any are left out."""
        ...

    def user_days(
        self, user_id: int, first: date, last: date, account_ids: Collection[int] | None = None
    ) -> list[tuple[date, int, int]]:
        """(day, base and value events, value events) of one user by day, in these accounts; None is all of them."""
        ...

    def accounts_of_users(self, user_ids: Collection[int]) -> list[int]:
        """The accounts these users have events in, or are linked to, without account 0, by id; merged ones too."""
        ...

    def opened_users(self, account_id: int, day: date) -> int:
        """Users seen or linked until the day, not excluded."""
        ...

    def user_runs(self, account_id: int, last: date, gap_days: int) -> list[UserRun]:
        """When each user used the account's product until `last`, by first day and user.

        A run ends where the next day of use is more than `gap_days` later. Use and users are those of account_users.
        """
        ...

    def first_uses(self, account_id: int, last: date) -> list[tuple[int, date]]:
        """(event_id, first day) of the events the account sent until `last`, of every class; by day and event."""
        ...

    # -- upkeep
    def backup(self, folder: Path) -> None:
        """Writes a consistent copy into an empty folder while reads and writes go on."""
        ...

    def check(self) -> list[str]:
        """Problems found (roll-ups that disagree with events, unreadable parts); empty when all is well."""
        ...

    def close(self) -> None: ...
