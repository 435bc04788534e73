"""Reading the roll-ups."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from tenure.warehouse.clickhouse.merges import Merges
from tenure.warehouse.store import EventTotal, Totals, UserRun, UserUse

_COUNTED = "user_id != 0 AND user_id NOT IN (SELECT user_id FROM excluded_user FINAL)"
_EXCLUDED = "user_id IN (SELECT user_id FROM excluded_user FINAL)"
_OF_ACCOUNT = "account_id IN {members:Array(UInt32)}"
_SPAN = "day BETWEEN {first:Date32} AND {last:Date32}"


class Reading(Merges):
    """The reads of event_day, user_day and account_user."""

    def totals(self) -> Totals:
        """Events stored; users and accounts they name, excluded users too; bytes on disk."""
        days = (
            "SELECT sum(count), if(count() = 0, NULL, min(day)), if(count() = 0, NULL, max(day)) FROM event_day FINAL"
        )
        events, first_day, last_day = self.connection.rows(days)[0]
        sql = f"""
            SELECT uniqExactIf(user_id, user_id != 0), uniqExactIf({self.account_sql()}, account_id != 0)
            FROM account_user FINAL WHERE NOT linked"""
        users, accounts = self.connection.rows(sql)[0]
        size = "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase()"
        return Totals(events, users, accounts, first_day, last_day, int(self.connection.value(size)))

    def event_totals(self, recent: tuple[date, date] | None = None) -> list[EventTotal]:
        """Per event ever seen, by event_id; `recent` is the span that EventTotal.recent counts."""
        counted = f"sumIf(count, {_SPAN})" if recent else "0"
        sql = f"""
            SELECT event_id, sum(count), min(day), max(day), {counted} FROM event_day FINAL
            GROUP BY event_id ORDER BY event_id"""
        return [EventTotal(*row) for row in self.connection.rows(sql, _span(*recent) if recent else {})]

    def event_volumes(
        self, first: date, last: date, event_ids: Collection[int] | None = None
    ) -> list[tuple[int, date, int]]:
        """(event_id, day, count) over all accounts, by event and day; None is every event."""
        among = "true" if event_ids is None else "event_id IN {events:Array(UInt32)}"
        sql = f"""
            SELECT event_id, day, sum(count) FROM event_day FINAL WHERE {_SPAN} AND {among}
            GROUP BY event_id, day ORDER BY event_id, day"""
        parameters = {**_span(first, last), **({} if event_ids is None else {"events": sorted(event_ids)})}
        return [(event, day, count) for event, day, count in self.connection.rows(sql, parameters)]

    def account_events(self, account_id: int, first: date, last: date) -> list[tuple[date, int, int, int]]:
        """(day, event_id, count, users) of one account, by day and event."""
        members = self.members([account_id])
        sql = f"""
            SELECT day, event_id, count, users FROM event_day FINAL
            WHERE {_OF_ACCOUNT} AND {_SPAN} ORDER BY day, event_id"""
        if len(members) > 1:  # users of several accounts cannot be added up by day: somebody may be of two
            sql = f"""
                SELECT day, event_id, count(), uniqExactIf(user_id, {_COUNTED}) FROM event FINAL
                WHERE {_OF_ACCOUNT} AND {_SPAN} GROUP BY day, event_id ORDER BY day, event_id"""
        rows = self.connection.rows(sql, {"members": members, **_span(first, last)})
        return [(day, event, count, users) for day, event, count, users in rows]

    def account_users(
        self, account_id: int, first: date, last: date, limit: int = 50, offset: int = 0, *, excluded: bool = False
    ) -> tuple[int, list[UserUse]]:
        """See Store.account_users."""
        chosen = _EXCLUDED if excluded else _COUNTED
        of_span = f"FROM user_day FINAL WHERE {_OF_ACCOUNT} AND {_SPAN} AND {chosen}"
        parameters = {"members": self.members([account_id]), **_span(first, last)}
        total = int(self.connection.value(f"SELECT uniqExact(user_id) {of_span}", parameters))
        sql = f"""
            SELECT user_id, uniqExact(day) AS active_days, sum(count) AS events, sum(value_count), max(day) AS last_day
            {of_span} GROUP BY user_id ORDER BY last_day DESC, events DESC, user_id
            LIMIT {{limit:UInt32}} OFFSET {{offset:UInt32}}"""
        page = self.connection.rows(sql, {**parameters, "limit": limit, "offset": offset})
        return total, [UserUse(*row) for row in page]

    def active_users(self, account_id: int, spans: Sequence[tuple[date, date]]) -> list[int]:
        """Active users (at least one value event, not excluded) of each span."""
        if not spans:
            return []
        sql = f"""
            SELECT n, uniqExact(user_id) FROM user_day FINAL
            ARRAY JOIN arrayFilter(
                i -> day BETWEEN {{firsts:Array(Date32)}}[i] AND {{lasts:Array(Date32)}}[i],
                range(1, length({{firsts:Array(Date32)}}) + 1)
            ) AS n
            WHERE {_OF_ACCOUNT} AND {_SPAN} AND value_count > 0 AND {_COUNTED} GROUP BY n"""
        firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
        bounds = {"firsts": firsts, "lasts": lasts, **_span(min(firsts), max(lasts))}
        bounds["members"] = self.members([account_id])
        found = dict(self.connection.rows(sql, bounds))
        return [found.get(n, 0) for n in range(1, len(spans) + 1)]

    def active_users_by_day(self, account_id: int, first: date, last: date) -> list[tuple[date, int]]:
        """(day, active users) by day; days without any are left out."""
        sql = f"""
            SELECT day, uniqExact(user_id) FROM user_day FINAL
            WHERE {_OF_ACCOUNT} AND {_SPAN} AND value_count > 0 AND {_COUNTED}
            GROUP BY day ORDER BY day"""
        rows = self.connection.rows(sql, {"members": self.members([account_id]), **_span(first, last)})
        return [(day, users) for day, users in rows]

    def user_runs(self, account_id: int, last: date, gap_days: int) -> list[UserRun]:
        """See Store.user_runs."""
        sql = f"""
            SELECT user_id, run[1] AS first_day, run[-1] AS last_day FROM (
                SELECT user_id, arraySort(groupUniqArray(day)) AS days FROM user_day FINAL
                WHERE {_OF_ACCOUNT} AND day <= {{last:Date32}} AND {_COUNTED} GROUP BY user_id
            )
            ARRAY JOIN arraySplit(
                (day, before) -> dateDiff('day', before, day) > {{gap:UInt32}},
                days, arrayPushFront(arrayPopBack(days), days[1])
            ) AS run
            ORDER BY first_day, user_id"""
        rows = self.connection.rows(sql, {"members": self.members([account_id]), "last": last, "gap": gap_days})
        return [UserRun(*row) for row in rows]

    def first_uses(self, account_id: int, last: date) -> list[tuple[int, date]]:
        """See Store.first_uses."""
        sql = f"""
            SELECT event_id, min(day) AS first_day FROM event_day FINAL
            WHERE {_OF_ACCOUNT} AND day <= {{last:Date32}} GROUP BY event_id ORDER BY first_day, event_id"""
        rows = self.connection.rows(sql, {"members": self.members([account_id]), "last": last})
        return [(event, day) for event, day in rows]

    def user_days(
        self, user_id: int, first: date, last: date, account_ids: Collection[int] | None = None
    ) -> list[tuple[date, int, int]]:
        """(day, base and value events, value events) of one user by day, in these accounts; None is all of them."""
        inside = "true" if account_ids is None else _OF_ACCOUNT
        sql = f"""
            SELECT day, sum(count), sum(value_count) FROM user_day FINAL
            WHERE user_id = {{user:UInt32}} AND {_SPAN} AND {inside} GROUP BY day ORDER BY day"""
        given = {"user": user_id, **_span(first, last)}
        given |= {} if account_ids is None else {"members": self.members(account_ids)}
        return [(day, events, value_events) for day, events, value_events in self.connection.rows(sql, given)]

    def opened_users(self, account_id: int, day: date) -> int:
        """Users seen or linked until the day, not excluded."""
        sql = f"""
            SELECT uniqExact(user_id) FROM account_user FINAL
            WHERE {_OF_ACCOUNT} AND first_day <= {{day:Date32}} AND {_COUNTED}"""
        return int(self.connection.value(sql, {"members": self.members([account_id]), "day": day}))


def _span(first: date, last: date) -> dict[str, Any]:
    return {"first": first, "last": last}
