"""Who used an account's product: users, active users and opened users, from user_day and account_user."""

from collections.abc import Collection, Sequence
from datetime import date

from tenure.warehouse.duckdb.among import Tables, among
from tenure.warehouse.duckdb.merges import Merges
from tenure.warehouse.store import UserRun, UserUse

# user_id 0 is in account_user only. `not in` is safe here: no id is null.
COUNTED = "user_id <> 0 and user_id not in (select user_id from excluded_user)"
_EXCLUDED = "user_id in (select user_id from excluded_user)"


class Usage(Merges):
    def account_users(
        self, account_id: int, first: date, last: date, limit: int = 50, offset: int = 0, *, excluded: bool = False
    ) -> tuple[int, list[UserUse]]:
        chosen = _EXCLUDED if excluded else COUNTED
        of_account, ids = self._of(account_id)
        rows = self.read(
            f"""select user_id, count(distinct day), sum(count)::bigint, sum(value_count)::bigint, max(day)
            from user_day where {of_account} and day between $first and $last and {chosen}
            group by user_id order by max(day) desc, sum(count) desc, user_id""",
            {"first": first, "last": last},
            ids=ids,
        )
        return len(rows), [UserUse(*row) for row in rows[offset : offset + limit]]

    def active_users(self, account_id: int, spans: Sequence[tuple[date, date]]) -> list[int]:
        if not spans:
            return []
        of_account, ids = self._of(account_id)
        parameters: dict[str, object] = {
            "first": min(first for first, _ in spans),
            "last": max(last for _, last in spans),
        }
        counts = []
        for n, (first, last) in enumerate(spans):
            parameters |= {f"first_{n}": first, f"last_{n}": last}
            counts.append(f"count(distinct user_id) filter (day between $first_{n} and $last_{n})")
        rows = self.read(
            f"""select {", ".join(counts)} from user_day
            where {of_account} and day between $first and $last and value_count > 0 and {COUNTED}""",
            parameters,
            ids=ids,
        )
        return list(rows[0])

    def active_users_by_day(self, account_id: int, first: date, last: date) -> list[tuple[date, int]]:
        of_account, ids = self._of(account_id)
        return self.read(
            f"""select day, count(distinct user_id) from user_day
            where {of_account} and day between $first and $last and value_count > 0 and {COUNTED}
            group by day order by day""",
            {"first": first, "last": last},
            ids=ids,
        )

    def user_days(
        self, user_id: int, first: date, last: date, account_ids: Collection[int] | None = None
    ) -> list[tuple[date, int, int]]:
        ids: Tables = {}
        inside = "true" if account_ids is None else among("account_id", self.members(account_ids), "accounts", ids)
        return self.read(
            f"""select day, sum(count)::bigint, sum(value_count)::bigint from user_day
            where user_id = $user and day between $first and $last and {inside} group by day order by day""",
            {"user": user_id, "first": first, "last": last},
            ids=ids,
        )

    def user_runs(self, account_id: int, last: date, gap_days: int) -> list[UserRun]:
        of_account, ids = self._of(account_id)
        rows = self.read(
            f"""with used as (
                select distinct user_id, day from user_day where {of_account} and day <= $last and {COUNTED}
            ), gaps as (
                select user_id, day,
                    coalesce(day - lag(day) over (partition by user_id order by day) > $gap, true) as begins
                from used
            ), runs as (
                select user_id, day, count_if(begins) over (partition by user_id order by day) as run from gaps
            )
            select user_id, min(day), max(day) from runs group by user_id, run order by min(day), user_id""",
            {"last": last, "gap": gap_days},
            ids=ids,
        )
        return [UserRun(*row) for row in rows]

    def first_uses(self, account_id: int, last: date) -> list[tuple[int, date]]:
        of_account, ids = self._of(account_id)
        return self.read(
            f"""select event_id, min(day) from event_day where {of_account} and day <= $last
            group by event_id order by min(day), event_id""",
            {"last": last},
            ids=ids,
        )

    def opened_users(self, account_id: int, day: date) -> int:
        of_account, ids = self._of(account_id)
        rows = self.read(
            f"select count(distinct user_id) from account_user where {of_account} and first_day <= $day and {COUNTED}",
            {"day": day},
            ids=ids,
        )
        return int(rows[0][0])

    def _of(self, account_id: int) -> tuple[str, Tables]:
        """The condition of an account's rows, those of the accounts merged into it included."""
        ids: Tables = {}
        return among("account_id", self.members([account_id]), "members", ids), ids
