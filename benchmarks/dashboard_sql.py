"""The best SQL we can write by hand for each dashboard read, with every constant in its place: the reference.

Same file, same tables, no limits, no checks, no parameters. Account 1 .. 5,000, days up to the last one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from benchmarks.generate import Company
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import AccountQuery, EventFilter

COLUMNS = ["health_score", "health_state", "m1", "m2", "m3", "m4", "m5", "m6"]


@dataclass(frozen=True)
class Question:
    """A read of the store and the SQL that answers the same."""

    name: str
    ask: Callable[[DuckDBStore], Any]
    sql: str


def questions(company: Company, big: int) -> list[Question]:
    """`big`: the account with the most active users."""
    last = company.last_day
    month, quarter, year = (last - timedelta(days=days) for days in (27, 90, 364))
    start = date(2020, 1, 1)
    weeks = [(last - timedelta(days=7 * n + 6), last - timedelta(days=7 * n)) for n in range(12)]
    counted = "user_id <> 0 and user_id not in (select user_id from excluded_user)"
    columns = ", ".join(COLUMNS)
    some = range(1, 51)
    in_weeks = ", ".join(
        f"count(distinct user_id) filter (day between '{first}' and '{last_day}')" for first, last_day in weeks
    )
    return [
        Question(
            "totals",
            lambda store: store.totals(),
            """select (select count(*) from event), (select min(day) from event), (select max(day) from event),
            (select count(distinct user_id) from account_user where not linked and user_id <> 0),
            (select count(distinct account_id) from account_user where not linked and account_id <> 0)""",
        ),
        Question(
            "event_totals",
            lambda store: store.event_totals(),
            "select event_id, sum(count)::bigint, min(day), max(day) from event_day group by event_id order by event_id",
        ),
        Question(
            "event_volumes, 28 days",
            lambda store: store.event_volumes(month, last),
            f"""select event_id, day, sum(count)::bigint from event_day where day >= '{month}' group by event_id, day
            order by event_id, day""",
        ),
        Question(
            "account_events, a year",
            lambda store: store.account_events(big, year, last),
            f"""select day, event_id, sum(count)::bigint, max(users) from event_day
            where account_id = {big} and day >= '{year}' group by day, event_id order by day, event_id""",
        ),
        Question(
            "account_users, 28 days",
            lambda store: store.account_users(big, month, last),
            f"""select user_id, count(distinct day), sum(count)::bigint, sum(value_count)::bigint, max(day), count(*) over ()
            from user_day where account_id = {big} and day >= '{month}' and {counted}
            group by user_id order by max(day) desc, sum(count) desc, user_id limit 50""",
        ),
        Question(
            "active_users, 12 weeks",
            lambda store: store.active_users(big, weeks),
            f"""select {in_weeks} from user_day
            where account_id = {big} and day >= '{weeks[-1][0]}' and value_count > 0 and {counted}""",
        ),
        Question(
            "active_users_by_day, a year",
            lambda store: store.active_users_by_day(big, year, last),
            f"""select day, count(distinct user_id) from user_day
            where account_id = {big} and day >= '{year}' and value_count > 0 and {counted} group by day order by day""",
        ),
        Question(
            "opened_users",
            lambda store: store.opened_users(big, last),
            f"select count(distinct user_id) from account_user where account_id = {big} and first_day <= '{last}' and {counted}",
        ),
        Question(
            "events, latest 100 of all",
            lambda store: store.events(EventFilter()),
            f"""select message_id, account_id, user_id, event_id, time, day, received_at, properties from event
            where day >= '{last - timedelta(days=1)}' order by time desc, message_id desc limit 100""",
        ),
        Question(
            "events, latest 100 of an account",
            lambda store: store.events(EventFilter(account_ids=[big])),
            f"""select message_id, account_id, user_id, event_id, time, day, received_at, properties from event
            where account_id = {big} and day >= '{month}' order by time desc, message_id desc limit 100""",
        ),
        Question(
            "events of 50 accounts, counted",
            lambda store: store.count_events(EventFilter(account_ids=some, first=quarter, last=last)),
            f"""select sum(count) from event_day
            where account_id in ({", ".join(map(str, some))}) and day >= '{quarter}'""",
        ),
        Question(
            "accounts, a page by a metric",
            lambda store: store.accounts(AccountQuery(last, COLUMNS, "m3", descending=True)),
            f"""select account_id, {columns}, count(*) over () from account_day join account using (account_id)
            where day = '{last}' order by m3 desc nulls last, name_sort, account_id limit 50""",
        ),
        Question(
            "accounts, a search within two states",
            lambda store: store.accounts(AccountQuery(last, COLUMNS, search="unt 01", states=[1, 2])),
            f"""select account_id, {columns}, count(*) over () from account_day join account using (account_id)
            where day = '{last}' and health_state in (1, 2) and contains(search_text, 'unt 01')
            order by name_sort, account_id limit 50""",
        ),
        Question(
            "account_series, one account, a year",
            lambda store: store.account_series([big], COLUMNS, year, last),
            f"""select account_id, day, {columns} from account_day
            where account_id = {big} and day >= '{year}' order by account_id, day""",
        ),
        Question(
            "account_series, 50 accounts, 12 weeks",
            lambda store: store.account_series(some, COLUMNS[:1], weeks[-1][0], last, 7),
            f"""select account_id, day, health_score from account_day
            where account_id between 1 and 50 and day in ({", ".join(f"'{day}'" for _, day in weeks)})
            order by account_id, day""",
        ),
        Question(
            "day_values",
            lambda store: store.day_values(last, COLUMNS),
            f"select account_id, {columns} from account_day where day = '{last}' order by account_id",
        ),
        Question(
            "state_counts, a year",
            lambda store: store.state_counts(year, last),
            f"""select day, health_state, count(*) from account_day
            where day >= '{year}' and health_state is not null group by all order by day, health_state""",
        ),
        Question(
            "closed_days",
            lambda store: store.closed_days(),
            "select min(day), max(day) from account_day",
        ),
        Question(
            "first_days",
            lambda store: store.first_days(),
            f"select account_id, min(first_day) from account_user where first_day > '{start}' and account_id <> 0 group by 1",
        ),
    ]
