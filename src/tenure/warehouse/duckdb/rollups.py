"""The two roll-ups: how they are made from events, and when they are made again."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from tenure.warehouse.duckdb.connection import Connection
from tenure.warehouse.duckdb.transaction import Transaction

CHUNK_DAYS = 31  # days computed in one transaction: the loader waits for no longer than that

# Events counted by everything a roll-up may ask for; two levels of GROUP BY are faster than count(distinct).
GROUPED = """
select account_id, event_id, user_id, day, count(*) as count from {events} group by all
"""
EVENT_DAY = """
insert into event_day
select g.account_id, g.event_id, g.day, sum(g.count), count(*) filter (g.user_id <> 0 and x.user_id is null)
from {grouped} g left join excluded_user x on x.user_id = g.user_id group by g.account_id, g.event_id, g.day
order by g.day, g.account_id, g.event_id
"""
USER_DAY = """
insert into user_day
select g.account_id, g.user_id, g.day, sum(g.count), coalesce(sum(g.count) filter (d.event_class = 2), 0)
from {grouped} g join event_dim d on d.event_id = g.event_id
where d.event_class > 0 and g.user_id <> 0 group by g.account_id, g.user_id, g.day
order by g.day, g.account_id, g.user_id
"""
_ON_ACCOUNT_DAYS = "day between $first and $last and (account_id, day) in (select account_id, day from account_days)"


def roll_up_again(transaction: Transaction, account_days: str, first: date, last: date) -> None:
    """Makes both roll-ups from the stored events on some days of some accounts: `account_days` selects them."""
    span = {"first": first, "last": last}
    transaction.execute(f"create temp table account_days as {account_days}")
    events = f"(from event where {_ON_ACCOUNT_DAYS})"
    transaction.execute("create temp table regrouped as " + GROUPED.format(events=events), span)
    for table, insert in (("event_day", EVENT_DAY), ("user_day", USER_DAY)):
        transaction.execute(f"delete from {table} where {_ON_ACCOUNT_DAYS}", span)
        transaction.execute(insert.format(grouped="regrouped"))
    transaction.execute("drop table regrouped")
    transaction.execute("drop table account_days")


def mark_dirty(transaction: Transaction, days: Collection[date]) -> None:
    transaction.execute(
        "insert into dirty_day select day from (select unnest($days) as day) where day not in (from dirty_day)",
        {"days": list(days)},
    )


class Rollups(Connection):
    def dirty_days(self) -> list[date]:
        return [day for (day,) in self.read("select day from dirty_day order by day")]

    def first_days(self) -> dict[int, date]:
        return dict(
            self.read("select account_id, min(first_day) from account_user where account_id <> 0 group by account_id")
        )

    def refresh_days(self, days: Collection[date]) -> None:
        dirty = sorted(set(self.dirty_days()) & set(days))
        for chunk in _chunks(dirty):
            with self.writing() as transaction:
                span = {"days": chunk, "first": chunk[0], "last": chunk[-1]}
                on_days = "day between $first and $last and day in (select unnest($days))"
                transaction.execute(
                    "create temp table regrouped as " + GROUPED.format(events=f"(from event where {on_days})"),
                    span,
                )
                transaction.execute(f"delete from event_day where {on_days}", span)
                transaction.execute(f"delete from user_day where {on_days}", span)
                transaction.execute(EVENT_DAY.format(grouped="regrouped"))
                transaction.execute(USER_DAY.format(grouped="regrouped"))
                transaction.execute(f"delete from dirty_day where {on_days}", span)
                transaction.execute("drop table regrouped")

    def recount_users(self) -> None:
        with self.writing() as transaction:
            transaction.execute("delete from user_day")
            span = transaction.rows("select min(day), max(day) from event")[0]
            for first, last in _months(*span):
                grouped = GROUPED.format(events="(from event where day between $first and $last)")
                transaction.execute(USER_DAY.format(grouped=f"({grouped})"), {"first": first, "last": last})

    def sort_month(self, month: date) -> None:
        """See Store. An account's rows then lie together, and reads of one account skip most of the table.

        A month of account_day is hardly more than the rows DuckDB keeps together (122,880), so its whole year until
        then is sorted.
        """
        first, last = month.replace(day=1), _next_month(month) - timedelta(days=1)
        with self.writing() as transaction:
            for table, order in (("event", "time"), ("event_day", "day"), ("user_day", "day")):
                _sort(transaction, table, order, first, last)
            _sort(transaction, "account_day", "day", first.replace(month=1), last)
        self.checkpoint()


def _sort(transaction: Transaction, table: str, order: str, first: date, last: date) -> None:
    """Writes the span's rows again in (account, order), behind the others, and deletes those that stood before."""
    newest = transaction.rows(f"select max(rowid) from {table}")[0][0]
    if newest is None:
        return
    inside, span = "day between $first and $last", {"first": first, "last": last}
    transaction.execute(f"insert into {table} from {table} where {inside} order by account_id, {order}", span)
    transaction.execute(f"delete from {table} where {inside} and rowid <= {newest}", span)


def _chunks(days: Sequence[date]) -> Iterator[list[date]]:
    """Runs of days of at most CHUNK_DAYS from first to last, so that each reads one stretch of events."""
    chunk: list[date] = []
    for day in days:
        if chunk and day - chunk[0] >= timedelta(days=CHUNK_DAYS):
            yield chunk
            chunk = []
        chunk.append(day)
    if chunk:
        yield chunk


def _months(first: date | None, last: date | None) -> Iterator[tuple[date, date]]:
    while first is not None and last is not None and first <= last:
        after = _next_month(first)
        yield first, min(last, after - timedelta(days=1))
        first = after


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
