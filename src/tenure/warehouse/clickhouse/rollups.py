"""event_day and user_day, made from the events: every key is replaced by its exact value, so no read sees it twice."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tenure.warehouse.clickhouse.room import Room

OF_MONTH = "toYYYYMM(day) = {month:UInt32}"
_USED = "(SELECT event_id FROM event_dim FINAL WHERE event_class > 0)"
_VALUE = "(SELECT event_id FROM event_dim FINAL WHERE event_class = 2)"

# What the roll-up should say where it says something else; a count of 0 means the row should not be.
EVENT_DAY_DIFFERS = """
    SELECT account_id, event_id, day, now_count, now_users FROM (
        SELECT account_id, event_id, day, sum(events) AS now_count,
               countIf(events > 0 AND user_id != 0 AND user_id NOT IN (SELECT user_id FROM excluded_user FINAL))
               AS now_users,
               sum(was_count) AS old_count, sum(was_users) AS old_users
        FROM (
            SELECT account_id, event_id, day, user_id, count() AS events, 0 AS was_count, 0 AS was_users
            FROM event FINAL WHERE {scope} GROUP BY account_id, event_id, day, user_id
            UNION ALL
            SELECT account_id, event_id, day, 0, 0, count, users FROM event_day FINAL WHERE {scope}
        )
        GROUP BY account_id, event_id, day
    ) WHERE (now_count, now_users) != (old_count, old_users)"""

USER_DAY_DIFFERS = f"""
    SELECT account_id, user_id, day, now_count, now_value FROM (
        SELECT account_id, user_id, day, sum(events) AS now_count, sum(value_events) AS now_value,
               sum(was_count) AS old_count, sum(was_value) AS old_value
        FROM (
            SELECT account_id, user_id, day, count() AS events, countIf(event_id IN {_VALUE}) AS value_events,
                   0 AS was_count, 0 AS was_value
            FROM event FINAL WHERE {{scope}} AND user_id != 0 AND event_id IN {_USED}
            GROUP BY account_id, user_id, day
            UNION ALL
            SELECT account_id, user_id, day, 0, 0, count, value_count FROM user_day FINAL WHERE {{scope}}
        )
        GROUP BY account_id, user_id, day
    ) WHERE (now_count, now_value) != (old_count, old_value)"""

_REPLACE_EVENT_DAY = f"""
    INSERT INTO event_day (account_id, event_id, day, count, users, version, gone)
    SELECT *, {{{{version:UInt64}}}}, now_count = 0 FROM ({EVENT_DAY_DIFFERS})"""
_REPLACE_USER_DAY = f"""
    INSERT INTO user_day (account_id, user_id, day, count, value_count, version, gone)
    SELECT *, {{{{version:UInt64}}}}, now_count = 0 FROM ({USER_DAY_DIFFERS})"""


class RollUps(Room):
    """The roll-ups and the days on which they, or account_day, are behind."""

    def count_again(self, days: Collection[date], scope: str, parameters: Mapping[str, Any]) -> None:
        """Makes both roll-ups exact for the (account, day) that `scope` names among these days."""
        bounded = f"day IN {{days:Array(Date32)}} AND {scope}"
        given = {**parameters, "days": sorted(days), "version": self.next_version()}
        self.connection.write(_REPLACE_EVENT_DAY.format(scope=bounded), given)
        self.connection.write(_REPLACE_USER_DAY.format(scope=bounded), given)

    def recount_users(self) -> None:
        """See Store.recount_users. Month by month, so memory does not grow with history."""
        for month in self.months("event"):
            given = {"month": month, "version": self.next_version()}
            self.connection.write(_REPLACE_USER_DAY.format(scope=OF_MONTH), given)

    def recount_all(self) -> None:
        """Makes both roll-ups from the events, month by month."""
        for month in self.months("event"):
            given = {"month": month, "version": self.next_version()}
            self.connection.write(_REPLACE_EVENT_DAY.format(scope=OF_MONTH), given)
        self.recount_users()

    def months(self, table: str) -> list[int]:
        """The months a table has rows of, as 202611, ascending."""
        sql = f"SELECT DISTINCT toYYYYMM(day) AS month FROM {table} ORDER BY month"
        return [month for (month,) in self.connection.stored(sql)]

    def refresh_days(self, days: Collection[date]) -> None:
        """See Store.refresh_days. Counts are exact already; who is excluded may have changed."""
        dirty = sorted(set(days) & set(self.dirty_days()))
        if not dirty:
            return
        self.count_again(dirty, "true", {})
        version = self.next_version()
        rows = [(day, version, 1) for day in dirty]
        self.connection.insert("dirty_day", ["day", "version", "gone"], rows)

    def dirty_days(self) -> list[date]:
        """Days touched since they were last refreshed, ascending."""
        return [day for (day,) in self.connection.rows("SELECT day FROM dirty_day FINAL ORDER BY day")]

    def make_dirty(self, days: Collection[date]) -> None:
        """Notes that these days' numbers changed."""
        version = self.next_version()
        self.connection.insert("dirty_day", ["day", "version", "gone"], [(day, version, 0) for day in sorted(days)])
