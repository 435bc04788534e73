"""A small company for tests of health: accounts with users who use features on weekdays, written into a real store."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import md5

import pyarrow as pa

from tenure.warehouse.schema import EVENT
from tenure.warehouse.store import Batch, Store

SEARCH, EXPORT, LOGIN = 1, 2, 3  # two value events (features of their own), one base event
FIRST = date(2026, 1, 1)
COUNT = 45  # days of history
LAST = FIRST + timedelta(days=COUNT - 1)

#: (account, users, days, events)
Use = tuple[int, Iterable[int], Sequence[date], Sequence[int]]


@dataclass
class Company:
    """Writes events of days; remembers its position and the accounts it has told the store of."""

    store: Store
    position: int = 0
    accounts: dict[int, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store.set_events([(SEARCH, 2, -SEARCH), (EXPORT, 2, -EXPORT), (LOGIN, 1, 0)])

    def use(self, account: int, users: Iterable[int], days: Sequence[date], events: Sequence[int] = (SEARCH,)) -> None:
        """Every user has each event once on every day."""
        self.use_all([(account, users, days, events)])

    def use_all(self, uses: Iterable[Use]) -> None:
        """Many uses in one batch."""
        rows = [
            (account, user, day, event)
            for account, users, days, events in uses
            for day in days
            for user in users
            for event in events
        ]
        for account, _, day, _ in rows:
            if day < self.accounts.get(account, date.max):
                self.accounts[account] = day
        self.store.set_accounts((each, f"Account {each:03}", f"a{each}", day) for each, day in self.accounts.items())
        self.position += 1
        self.store.append(Batch(_table(rows), self.position))


def days(first: date, count: int, every: int = 1) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, count, every)]


def _table(rows: Sequence[tuple[int, int, date, int]]) -> pa.Table:
    times = [datetime.combine(day, time(12), UTC).replace(tzinfo=None) for _, _, day, _ in rows]
    columns = {
        "message_id": [md5(repr(row).encode()).digest() for row in rows],
        "account_id": [row[0] for row in rows],
        "user_id": [row[1] for row in rows],
        "identity_id": [row[1] for row in rows],
        "event_id": [row[3] for row in rows],
        "time": times,
        "day": [row[2] for row in rows],
        "received_at": times,
        "explicit": [True for _ in rows],
        "properties": [json.dumps({"amount": row[1]}) for row in rows],
    }
    return pa.table(columns, schema=EVENT)


def ten_accounts(store: Store) -> Company:
    """Accounts 1 to 10 of 12 users each: in account n, n of them come every day, and those of n > 5 also export."""
    company = Company(store)
    uses: list[Use] = [(n, range(100 * n, 100 * n + 12), [FIRST], (SEARCH,)) for n in range(1, 11)]
    for n in range(1, 11):
        events = (SEARCH, EXPORT) if n > 5 else (SEARCH,)
        uses.append((n, range(100 * n, 100 * n + n), days(FIRST + timedelta(days=1), COUNT - 1), events))
    company.use_all(uses)
    return company
