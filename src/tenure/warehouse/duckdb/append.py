"""Writing a batch of the loader: what is new, repaired, into events and roll-ups, in one transaction."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from tenure.lib import clock
from tenure.warehouse.duckdb.connection import Connection
from tenure.warehouse.duckdb.repair import Repair
from tenure.warehouse.duckdb.rollups import mark_dirty
from tenure.warehouse.duckdb.transaction import Transaction
from tenure.warehouse.duckdb.usage import COUNTED
from tenure.warehouse.duckdb.withdrawing import take_out
from tenure.warehouse.schema import EVENT
from tenure.warehouse.store import Appended, Batch

TIMELESS_DAYS = 7

STORED_ALREADY = """
select message_id from event
where day between $first and $last and day in (select unnest($days))
  and message_id in (select message_id from incoming)
"""
NEW_ONLY = """
select * exclude (n) from incoming where n in (
    select min(n) from incoming where message_id not in (select message_id from stored) group by message_id
) order by n
"""
# The batch's users by day, of any class; user_day and account_user are both made from these few rows.
USED = """
select f.account_id, f.user_id, f.day, count(*) filter (d.event_class > 0) as count,
    count(*) filter (d.event_class = 2) as value_count
from fresh f left join event_dim d on d.event_id = f.event_id group by f.account_id, f.user_id, f.day
"""
# Distinct users of the batch alone cannot be added up. Until the day is refreshed a lower bound stands: bits set by
# users; exact for the few users that most events have in a day, and a third of the cost of count(distinct).
ADD_EVENT_DAY = f"""
insert into event_day
select account_id, event_id, day, count(*),
    coalesce(bit_count(bit_or(1::ubigint << (user_id % 64)) filter ({COUNTED})), 0)
from fresh group by account_id, event_id, day
"""
ADD_USER_DAY = """
insert into user_day
select account_id, user_id, day, count, value_count from used where user_id <> 0 and count > 0
"""
NEW_PAIRS = """
insert into account_user
select p.account_id, p.user_id, p.first_day, p.linked from ({pairs}) p
anti join account_user a on a.account_id = p.account_id and a.user_id = p.user_id
    and a.linked = p.linked and a.first_day <= p.first_day
"""
SEEN = "select account_id, user_id, min(day) as first_day, false as linked from used group by account_id, user_id"
LINKED = "select account_id, user_id, min(first_day) as first_day, true as linked from links group by 1, 2"


class Append(Connection):
    def append(self, batch: Batch) -> Appended:
        with self.writing() as transaction:
            days = take_out(transaction, batch.withdrawn)
            rows = _new_rows(transaction, batch)
            repair = Repair(transaction, batch) if batch.reassigns or batch.relinks else None
            if repair:
                rows = repair.repair_rows(rows)
                days |= repair.repair_stored()
            days |= _insert_events(transaction, rows)
            days |= _insert_links(transaction, batch.links)
            if repair:
                days |= repair.changed_first_days()
            mark_dirty(transaction, days)
            duplicates = batch.rows.num_rows - rows.num_rows
            _record(transaction, batch.position, rows.num_rows, duplicates)
        return Appended(rows.num_rows, duplicates, frozenset(days))

    def position(self) -> int:
        return int(self.read("select value from position")[0][0])


def _new_rows(transaction: Transaction, batch: Batch) -> pa.Table:
    """The batch's rows that are not stored yet, each message once, with message ids as UUIDs (fixed width: faster)."""
    rows = batch.rows.select(EVENT.names).set_column(0, "message_id", _uuids(batch.rows["message_id"]))
    if not rows.num_rows:
        return rows
    days = set(pc.unique(rows["day"]).to_pylist())
    if batch.timeless:
        days |= {day - timedelta(days=back) for day in days for back in range(1, TIMELESS_DAYS + 1)}
    transaction.register("incoming", rows)
    span = {"first": min(days), "last": max(days), "days": list(days)}
    stored = transaction.arrow(STORED_ALREADY, span)
    distinct = transaction.rows("select count(distinct message_id) from incoming")[0][0]
    if not stored.num_rows and distinct == rows.num_rows:
        return rows
    transaction.register("stored", stored)
    transaction.register("incoming", rows.append_column("n", pa.array(range(rows.num_rows), pa.uint32())))
    return transaction.arrow(NEW_ONLY)


def _uuids(message_ids: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = pa.uuid()
    return pa.chunked_array([pa.ExtensionArray.from_storage(kind, each) for each in message_ids.chunks], kind)


def _insert_events(transaction: Transaction, rows: pa.Table) -> set[date]:
    if not rows.num_rows:
        return set()
    transaction.register("fresh", rows)
    transaction.execute("insert into event from fresh")
    used = transaction.arrow(USED)
    transaction.register("used", used)
    transaction.execute(ADD_EVENT_DAY)
    transaction.execute(ADD_USER_DAY)
    transaction.execute(NEW_PAIRS.format(pairs=SEEN))
    return set(pc.unique(used["day"]).to_pylist())


def _insert_links(transaction: Transaction, links: Sequence[tuple[int, int, date]]) -> set[date]:
    """Returns the first days of pairs that were not linked yet, or not so early."""
    if not links:
        return set()
    accounts, users, days = zip(*links, strict=True)
    columns = [pa.array(accounts, pa.uint32()), pa.array(users, pa.uint32()), pa.array(days, pa.date32())]
    transaction.register("links", pa.table(columns, ["account_id", "user_id", "first_day"]))
    return {day for (day,) in transaction.rows(NEW_PAIRS.format(pairs=LINKED) + "returning first_day")}


def _record(transaction: Transaction, position: int, added: int, duplicates: int) -> None:
    transaction.execute("update position set value = $position", {"position": position})
    now = clock.now().astimezone(UTC).replace(tzinfo=None)
    transaction.execute(
        "insert into load values ($position, $added, $duplicates, $now)",
        {"position": position, "added": added, "duplicates": duplicates, "now": now},
    )
