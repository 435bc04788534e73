"""Taking events out again: what somebody sent by mistake and took back."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from tenure.warehouse.duckdb.rollups import roll_up_again
from tenure.warehouse.duckdb.transaction import Transaction

_GONE = """
select rowid as key, account_id, user_id, day from event where message_id in (select message_id from withdrawn)
"""
_OF_THEIRS = "(account_id, user_id) in (select account_id, user_id from gone)"
_FIRST_DAYS = f"select first_day from account_user where not linked and {_OF_THEIRS}"
_PAIR_AGAIN = f"""
insert into account_user
select account_id, user_id, min(day), false from event where {_OF_THEIRS} group by account_id, user_id
"""


def take_out(transaction: Transaction, message_ids: Sequence[bytes]) -> set[date]:
    """Deletes these messages' events and makes what was made of them again; returns the days that changed."""
    if not message_ids:
        return set()
    kind = pa.uuid()
    keys = pa.ExtensionArray.from_storage(kind, pa.array(message_ids, pa.binary(16)))
    transaction.register("withdrawn", pa.table({"message_id": keys}))
    gone = transaction.arrow(_GONE)
    if not gone.num_rows:
        return set()
    transaction.register("gone", gone)
    days = set(gone["day"].to_pylist())
    transaction.execute("delete from event where rowid in (select key from gone)")
    roll_up_again(transaction, "select distinct account_id, day from gone", min(days), max(days))
    days |= {day for (day,) in transaction.rows(_FIRST_DAYS)}
    transaction.execute(f"delete from account_user where not linked and {_OF_THEIRS}")
    transaction.execute(_PAIR_AGAIN)
    return days | {day for (day,) in transaction.rows(_FIRST_DAYS)}
