"""Lists of events, latest first."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tenure.warehouse.clickhouse.merges import Merges
from tenure.warehouse.store import EventFilter, EventRow

_TESTS = {
    "account_ids": "account_id IN {account_ids:Array(UInt32)}",
    "event_ids": "event_id IN {event_ids:Array(UInt32)}",
    "first": "day >= {first:Date32}",
    "last": "day <= {last:Date32}",
}
# FINAL reads whole stretches of the table, so where a user's events may lie is found out without it.
_OF_USER = """
    user_id = {user_id:UInt32} AND (day, account_id) IN (
        SELECT day, account_id FROM event WHERE user_id = {user_id:UInt32}
    )"""
_BEFORE = "(time, message_id) < ({time:DateTime64(6, 'UTC')}, toFixedString(unhex({message:String}), 16))"
_FIRST_DAY_NEEDED = """
    SELECT min(day) FROM (
        SELECT day, sum(sum(count)) OVER (ORDER BY day DESC) - sum(count) AS later
        FROM event_day FINAL WHERE {where} GROUP BY day
    ) WHERE later < {{limit:UInt32}}"""


class EventList(Merges):
    """count_events and events."""

    def count_events(self, filter: EventFilter) -> int:
        """Events that match; with `before`, those of the pages that follow."""
        where, parameters = _where(self._with_merged(filter))
        return int(self.connection.value(f"SELECT count() FROM event FINAL WHERE {where}", parameters))

    def events(self, filter: EventFilter, limit: int = 100) -> list[EventRow]:
        """Latest first: by (time, message_id) descending."""
        merged, filter = self.merged(), self._with_merged(filter)
        where, parameters = _where(filter)
        parameters |= {"limit": limit, "needed": self._first_day_needed(filter, limit)}
        sql = f"""
            SELECT message_id, account_id, user_id, event_id, time, day, received_at, properties
            FROM event FINAL WHERE {where} AND day >= {{needed:Date32}}
            ORDER BY time DESC, message_id DESC LIMIT {{limit:UInt32}}"""
        rows = self.connection.rows(sql, parameters)
        return [EventRow(row[0], merged.get(row[1], row[1]), *row[2:]) for row in rows]

    def _with_merged(self, filter: EventFilter) -> EventFilter:
        return filter if filter.account_ids is None else replace(filter, account_ids=self.members(filter.account_ids))

    def _first_day_needed(self, filter: EventFilter, limit: int) -> date:
        """The day by which event_day counts `limit` events, the latest first: no event before it is on the page.

        That holds because days follow time: both are of one zone, and changing the zone rebuilds the warehouse.
        """
        if filter.user_id is not None:
            return date(1970, 1, 1)
        tests, parameters = _limits(filter)
        if filter.before:  # two days on, in any time zone, every event is before it
            tests.append("day <= {sure:Date32}")
            parameters["sure"] = filter.before[0].date() - timedelta(days=2)
        sql = _FIRST_DAY_NEEDED.format(where=" AND ".join(tests) or "true")
        needed: date = self.connection.value(sql, {**parameters, "limit": limit})
        return needed


def _limits(filter: EventFilter) -> tuple[list[str], dict[str, Any]]:
    """The conditions that a roll-up answers too, and their parameters."""
    given = {name: value for name in _TESTS if (value := getattr(filter, name)) is not None}
    parameters = {name: value if isinstance(value, date) else sorted(value) for name, value in given.items()}
    return [_TESTS[name] for name in given], parameters


def _where(filter: EventFilter) -> tuple[str, dict[str, Any]]:
    """The filter as bound SQL and its parameters."""
    tests, parameters = _limits(filter)
    if filter.user_id is not None:
        tests.append(_OF_USER)
        parameters["user_id"] = filter.user_id
    if filter.before:
        time, message_id = filter.before
        tests.append(_BEFORE)
        parameters |= {"time": time, "message": message_id.hex()}
    return " AND ".join(tests) or "true", parameters
