"""Who used an account's product: users, active users and opened users, from user_day and account_user."""

from collections.abc import Sequence
from datetime import date

from tenure.warehouse.duckdb.connection import Connection
from tenure.warehouse.store import UserUse

# user_id 0 is in account_user only. `not in` is safe here: no id is null.
COUNTED = "user_id <> 0 and user_id not in (select user_id from excluded_user)"
_EXCLUDED = "user_id in (select user_id from excluded_user)"


class Usage(Connection):
    def account_users(
        self, account_id: int, first: date, last: date, limit: int = 50, offset: int = 0, *, excluded: bool = False
    ) -> tuple[int, list[UserUse]]:
        chosen = _EXCLUDED if excluded else COUNTED
        rows = self.read(
            f"""select user_id, count(distinct day), sum(count)::bigint, sum(value_count)::bigint, max(day)
            from user_day where account_id = $account and day between $first and $last and {chosen}
            group by user_id order by max(day) desc, sum(count) desc, user_id""",
            {"account": account_id, "first": first, "last": last},
        )
        return len(rows), [UserUse(*row) for row in rows[offset : offset + limit]]

    def active_users(self, account_id: int, spans: Sequence[tuple[date, date]]) -> list[int]:
        if not spans:
            return []
        parameters: dict[str, object] = {
            "account": account_id,
            "first": min(first for first, _ in spans),
            "last": max(last for _, last in spans),
        }
        counts = []
        for n, (first, last) in enumerate(spans):
            parameters |= {f"first_{n}": first, f"last_{n}": last}
            counts.append(f"count(distinct user_id) filter (day between $first_{n} and $last_{n})")
        rows = self.read(
            f"""select {", ".join(counts)} from user_day
            where account_id = $account and day between $first and $last and value_count > 0 and {COUNTED}""",
            parameters,
        )
        return list(rows[0])

    def active_users_by_day(self, account_id: int, first: date, last: date) -> list[tuple[date, int]]:
        return self.read(
            f"""select day, count(distinct user_id) from user_day
            where account_id = $account and day between $first and $last and value_count > 0 and {COUNTED}
            group by day order by day""",
            {"account": account_id, "first": first, "last": last},
        )

    def opened_users(self, account_id: int, day: date) -> int:
        rows = self.read(
            f"""select count(distinct user_id) from account_user
            where account_id = $account and first_day <= $day and {COUNTED}""",
            {"account": account_id, "day": day},
        )
        return int(rows[0][0])
