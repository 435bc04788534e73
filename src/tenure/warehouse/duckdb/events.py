"""Reading events and the counts of events by day."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.duckdb.merges import Merges
from tenure.warehouse.duckdb.usage import COUNTED
from tenure.warehouse.store import EventFilter, EventRow, EventTotal, Totals

EVENT_COLUMNS = "message_id, account_id, user_id, event_id, time, day, received_at, properties"
STEPS_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(days=16))
STEPS_BACK_OF_ACCOUNTS = (timedelta(days=31),)


class Events(Merges):
    def totals(self) -> Totals:
        events, first, last = self.read("select count(*), min(day), max(day) from event")[0]
        users, accounts = self.read(
            f"""select (select count(distinct user_id) from account_user where not linked and user_id <> 0),
            (select count(distinct account_id) from {self.together("account_user")}
            where not linked and account_id <> 0)"""
        )[0]
        return Totals(events, users, accounts, first, last, self._bytes())

    def count_events(self, filter: EventFilter) -> int:
        where, parameters, ids = _condition(self._with_merged(filter))
        rolled_up = filter.user_id is None and filter.before is None
        source = "coalesce(sum(count), 0) from event_day" if rolled_up else "count(*) from event"
        return int(self.read(f"select {source} where {where}", parameters, ids=ids)[0][0])

    def events(self, filter: EventFilter, limit: int = 100) -> list[EventRow]:
        where, parameters, ids = _condition(self._with_merged(filter))
        merged = self.merged()
        rows: list[tuple[Any, ...]] = []
        below: datetime | None = None
        for since in self._steps_back(filter):
            bounds = {name: time for name, time in (("since", since), ("below", below)) if time is not None}
            window = "".join(f" and time {'>=' if name == 'since' else '<'} ${name}" for name in bounds)
            sql = f"select {EVENT_COLUMNS} from event where {where}{window} order by time desc, message_id desc"
            rows += self.read(sql, parameters | bounds, ids=ids, limit=(limit - len(rows), 0))
            if len(rows) == limit:
                break
            below = since
        return [
            EventRow(
                message.bytes, merged.get(account, account), user, event, _utc(time), day, _utc(received), properties
            )
            for message, account, user, event, time, day, received, properties in rows
        ]

    def _steps_back(self, filter: EventFilter) -> list[datetime | None]:
        """Where to look first, next and, with None, at last: a page is nearly always among the newest rows."""
        newest = filter.before[0] if filter.before else self.read("select max(time) from event")[0][0]
        if newest is None:
            return []
        steps = STEPS_BACK if filter.account_ids is None else STEPS_BACK_OF_ACCOUNTS
        return [*(_naive(newest) - step for step in steps), None]

    def event_totals(self, recent: tuple[date, date] | None = None) -> list[EventTotal]:
        counted = "coalesce(sum(count) filter (where day between $first and $last), 0)::bigint" if recent else "0"
        rows = self.read(
            f"""select event_id, sum(count)::bigint, min(day), max(day), {counted} from event_day
            group by event_id order by event_id""",
            {"first": recent[0], "last": recent[1]} if recent else {},
        )
        return [EventTotal(*row) for row in rows]

    def event_volumes(
        self, first: date, last: date, event_ids: Collection[int] | None = None
    ) -> list[tuple[int, date, int]]:
        ids: Tables = {}
        wanted = "true" if event_ids is None else among("event_id", event_ids, "event_ids", ids)
        return self.read(
            f"""select event_id, day, sum(count)::bigint from event_day
            where day between $first and $last and {wanted} group by event_id, day order by event_id, day""",
            {"first": first, "last": last},
            ids=ids,
        )

    def account_events(self, account_id: int, first: date, last: date) -> list[tuple[date, int, int, int]]:
        ids: Tables = {}
        members = self.members([account_id])
        # Users of several accounts cannot be added up by day: somebody may be of two.
        source, users = "event_day", "max(users)"
        if len(members) > 1:
            source = "(select account_id, event_id, day, user_id, 1 as count from event)"
            users = f"count(distinct user_id) filter ({COUNTED})"
        return self.read(
            f"""select day, event_id, sum(count)::bigint, {users} from {source}
            where {among("account_id", members, "members", ids)} and day between $first and $last
            group by day, event_id order by day, event_id""",
            {"first": first, "last": last},
            ids=ids,
        )

    def _with_merged(self, filter: EventFilter) -> EventFilter:
        return filter if filter.account_ids is None else replace(filter, account_ids=self.members(filter.account_ids))

    def _bytes(self) -> int:
        files = (self.path, self.path.with_name(self.path.name + ".wal"))
        return sum(file.stat().st_size for file in files if file.exists())


def _condition(filter: EventFilter) -> tuple[str, dict[str, object], Tables]:
    """The WHERE condition with its parameters and tables of ids."""
    parts = ["true"]
    parameters: dict[str, object] = {}
    ids: Tables = {}
    for column, values in (("account_id", filter.account_ids), ("event_id", filter.event_ids)):
        if values is not None:
            parts.append(among(column, values, f"{column}s", ids))
    if filter.user_id is not None:
        parts.append("user_id = $user_id")
        parameters["user_id"] = filter.user_id
    if filter.first is not None:
        parts.append("day >= $first")
        parameters["first"] = filter.first
    if filter.last is not None:
        parts.append("day <= $last")
        parameters["last"] = filter.last
    if filter.before is not None:
        time, message_id = filter.before
        parts.append("time <= $time and (time < $time or message_id < $message_id)")
        parameters |= {"time": _naive(time), "message_id": UUID(bytes=message_id)}
    return " and ".join(parts), parameters, ids


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC)


def _naive(time: datetime) -> datetime:
    """The stored form: UTC without saying so."""
    return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time
