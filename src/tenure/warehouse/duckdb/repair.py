"""Putting right whose an event is: identities that became someone's, users that moved to an account."""

from datetime import UTC, date, datetime

import pyarrow as pa

from tenure.warehouse.duckdb.rollups import roll_up_again
from tenure.warehouse.duckdb.transaction import Transaction
from tenure.warehouse.store import Batch

# Rows of {events} that change, by {key}. A reassign comes first; the relinks of the user it leads to follow.
CORRECTIONS = """
with candidate as (
    select e.{key} as key, e.account_id, e.user_id, e.day, e.time, e.explicit, r.user_id as to_user
    from {events} e join reassign r on r.identity_id = e.identity_id
    where e.identity_id between $first_identity and $last_identity
    union all
    select e.{key}, e.account_id, e.user_id, e.day, e.time, e.explicit, e.user_id
    from {events} e
    where e.user_id between $first_user and $last_user and e.user_id in (select user_id from relink)
      and e.identity_id not in (select identity_id from reassign)
), target as (
    select c.key, arg_max(l.account_id, l.n) as to_account
    from candidate c join relink l on l.user_id = c.to_user and c.time >= l.since and c.time < l.until
    where not c.explicit group by c.key
)
select c.key, c.account_id, c.user_id, c.day, c.to_user, coalesce(t.to_account, c.account_id) as to_account
from candidate c left join target t on t.key = c.key
where c.to_user <> c.user_id or coalesce(t.to_account, c.account_id) <> c.account_id
"""
CORRECTED = """
select f.* exclude (n) replace (coalesce(c.to_user, f.user_id) as user_id, coalesce(c.to_account, f.account_id) as
    account_id)
from fresh f left join correction c on c.key = f.n order by f.n
"""
ACCOUNT_DAYS = "select account_id, day from moved union select to_account, day from moved"
OPEN_SINCE, OPEN_UNTIL = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


TIME = pa.timestamp("us")  # UTC, like event.time


class Repair:
    """The reassigns and relinks of one batch. Inside the writing transaction, in the order of the methods."""

    def __init__(self, transaction: Transaction, batch: Batch) -> None:
        self.transaction = transaction
        owners = {each.identity_id: each.user_id for each in batch.reassigns}
        links = [
            (n, each.user_id, each.account_id, each.since or OPEN_SINCE, each.until or OPEN_UNTIL)
            for n, each in enumerate(batch.relinks)
        ]
        self.named_users = {*owners.values(), *(user for _, user, *_ in links)}
        self.span = {
            "first_identity": min(owners, default=1),
            "last_identity": max(owners, default=0),
            "first_user": min((user for _, user, *_ in links), default=1),
            "last_user": max((user for _, user, *_ in links), default=0),
        }
        reassign = [pa.array(owners.keys(), pa.uint32()), pa.array(owners.values(), pa.uint32())]
        transaction.register("reassign", pa.table(reassign, ["identity_id", "user_id"]))
        kinds = [pa.uint32(), pa.uint32(), pa.uint32(), TIME, TIME]
        columns = list(zip(*links, strict=True)) or [()] * len(kinds)
        relink = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        transaction.register("relink", pa.table(relink, ["n", "user_id", "account_id", "since", "until"]))

    def repair_rows(self, rows: pa.Table) -> pa.Table:
        """The batch's new rows with users and accounts as they turn out to be."""
        if not rows.num_rows:
            return rows
        self.transaction.register("fresh", rows.append_column("n", pa.array(range(rows.num_rows), pa.uint32())))
        corrections = self.transaction.arrow(CORRECTIONS.format(events="fresh", key="n"), self.span)
        if not corrections.num_rows:
            return rows
        self.transaction.register("correction", corrections)
        return self.transaction.arrow(CORRECTED)

    def repair_stored(self) -> set[date]:
        """Moves stored events and makes what depends on them again. Returns the days of events that moved."""
        moved = self.transaction.arrow(CORRECTIONS.format(events="event", key="rowid"), self.span)
        movers = set(moved["user_id"].to_pylist()) | set(moved["to_user"].to_pylist())
        self.transaction.register("moved", moved)
        self.transaction.register("affected", _users((self.named_users | movers) - {0}))
        self.pairs_before = self._pairs()
        self.transaction.execute("delete from account_user where linked and user_id in (select user_id from affected)")
        if not moved.num_rows:
            return set()
        self.transaction.execute(
            "update event set account_id = m.to_account, user_id = m.to_user from moved m where event.rowid = m.key"
        )
        days = set(moved["day"].to_pylist())
        roll_up_again(self.transaction, ACCOUNT_DAYS, min(days), max(days))
        self._pair_again(movers)
        return days

    def changed_first_days(self) -> set[date]:
        """First days of the pairs that came, went or changed; asked for after the batch's own rows and links."""
        return {day for *_, day in self.pairs_before ^ self._pairs()}

    def _pair_again(self, movers: set[int]) -> None:
        self.transaction.register("movers", _users(movers))
        inside = "user_id between $first and $last and user_id in (select user_id from movers)"
        span = {"first": min(movers), "last": max(movers)}
        self.transaction.execute(f"delete from account_user where not linked and {inside}", span)
        self.transaction.execute(
            f"""insert into account_user select account_id, user_id, min(day), false from event where {inside}
            group by account_id, user_id""",
            span,
        )

    def _pairs(self) -> set[tuple[int, int, bool, date]]:
        """One tuple a pair: (account_id, user_id, was seen in events, first day)."""
        return set(
            self.transaction.rows(
                """select account_id, user_id, bool_or(not linked), min(first_day) from account_user
                where user_id in (select user_id from affected) group by account_id, user_id"""
            )
        )


def _users(users: set[int]) -> pa.Table:
    return pa.table({"user_id": pa.array(users, pa.uint32())})
