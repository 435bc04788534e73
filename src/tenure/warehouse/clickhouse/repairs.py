"""Whose an event is, put right: reassigned identities and relinked users, for all events of a batch at once."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tenure.warehouse.clickhouse.tables import EVENT_COLUMNS
from tenure.warehouse.store import Batch, Relink

_ALWAYS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2299, 12, 31, tzinfo=UTC))
_KEPT = "message_id, identity_id, event_id, time, day, received_at, explicit, properties"


def reassigned(batch: Batch) -> list[tuple[int, int]]:
    """(identity_id, user_id), the last one of each identity."""
    return list({each.identity_id: each.user_id for each in batch.reassigns}.items())


def spans(relinks: Sequence[Relink]) -> list[tuple[int, int, int, datetime, datetime]]:
    """(n, user_id, account_id, since, until); of those that hold an event the highest n counts."""
    return [
        (n, each.user_id, each.account_id, each.since or _ALWAYS[0], each.until or _ALWAYS[1])
        for n, each in enumerate(relinks)
    ]


def named_users(batch: Batch) -> set[int]:
    """Users whose account_user pairs are made again."""
    return {each.user_id for each in batch.reassigns} | {each.user_id for each in batch.relinks}


def placed(source: str) -> str:
    """SQL: the events of a SELECT with their columns and where they belong, new_account and new_user."""
    return f"""
        SELECT {EVENT_COLUMNS}, if(explicit OR empty(held), account_id, held[-1].4) AS new_account, new_user
        FROM (
            SELECT {EVENT_COLUMNS}, new_user, arrayFilter(s -> s.2 <= time AND time < s.3, p.spans) AS held
            FROM (
                SELECT {_KEPT}, e.account_id AS account_id, e.user_id AS user_id,
                       if(r.identity_id = 0, e.user_id, r.new_user) AS new_user
                FROM ({source}) AS e
                LEFT JOIN (SELECT identity_id, user_id AS new_user FROM reassigned) AS r
                ON r.identity_id = e.identity_id
            ) AS u
            LEFT JOIN (
                SELECT user_id AS relinked, arraySort(groupArray((n, since, until, account_id))) AS spans
                FROM span GROUP BY relinked
            ) AS p
            ON p.relinked = u.new_user
        )"""


def repaired(source: str) -> str:
    """SQL: the events of a SELECT, in EVENT's columns, with account and user put right."""
    columns = EVENT_COLUMNS.replace("account_id, user_id", "new_account, new_user", 1)
    return f"SELECT {columns} FROM ({placed(source)})"


# FINAL reads whole stretches of the table, so where the events may lie is found out first, without it.
PLACES = "INSERT INTO place SELECT DISTINCT day, account_id FROM event WHERE "
AT_PLACES = "(day, account_id) IN (SELECT day, account_id FROM place)"
_WITHDRAWN = "message_id IN (SELECT message_id FROM withdrawn)"
GONE_PLACES = PLACES + _WITHDRAWN
STORED_GONE = f"SELECT {EVENT_COLUMNS} FROM event FINAL WHERE {AT_PLACES} AND {_WITHDRAWN}"
TAKE_OUT = f"""
    INSERT INTO event ({EVENT_COLUMNS}, version, gone) SELECT {EVENT_COLUMNS}, {{version:UInt64}}, 1 FROM gone"""
_CONCERNED = f"""
    (user_id IN (SELECT user_id FROM span) OR identity_id IN (SELECT identity_id FROM reassigned))
    AND NOT {_WITHDRAWN}"""
MOVED_PLACES = PLACES + _CONCERNED
_STORED = placed(f"SELECT {EVENT_COLUMNS} FROM event FINAL WHERE {AT_PLACES} AND {_CONCERNED}")
STORED_MOVED = f"SELECT * FROM ({_STORED}) WHERE (new_account, new_user) != (account_id, user_id)"

_MOVED_COLUMNS = EVENT_COLUMNS.replace(
    "account_id, user_id", "if(old, account_id, new_account), if(old, user_id, new_user)", 1
)
MOVE = f"""
    INSERT INTO event ({EVENT_COLUMNS}, version, gone)
    SELECT {_MOVED_COLUMNS}, {{version:UInt64}}, old
    FROM moved ARRAY JOIN [0, 1] AS old"""
