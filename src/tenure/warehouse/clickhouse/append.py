"""Writing a batch of events so that repeating it, whole or from anywhere, gives the same end.

The order is the guarantee. `affected` and `touched` say what the batch will change before anything changes; then come
the events, the repairs, roll-ups and pairs (made again from the events, so writing them twice changes nothing), the
dirty days and, last, the row of `load`. A load without its row is finished by the next append: it has the same
number, finds what the crashed one touched, and its events among the stored ones.
"""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from tenure.warehouse.clickhouse.pairs import Pairs
from tenure.warehouse.clickhouse.repairs import (
    MOVE,
    MOVED_PLACES,
    STORED_MOVED,
    named_users,
    reassigned,
    repaired,
    spans,
)
from tenure.warehouse.clickhouse.tables import EVENT_COLUMNS, STAGING
from tenure.warehouse.store import Appended, Batch

TIMELESS_DAYS = 7


class Appending(Pairs):
    """append and position."""

    def position(self) -> int:
        """Inbox id up to which bodies are loaded; 0 at first."""
        return int(self.connection.stored("SELECT argMax(position, load) FROM load")[0][0])

    def append(self, batch: Batch) -> Appended:
        """See tenure.warehouse.store.Store.append."""
        with self.appending:
            return self._append(batch)

    def _append(self, batch: Batch) -> Appended:
        load = int(self.connection.stored("SELECT max(load) FROM load")[0][0]) + 1
        unfinished = self._is_unfinished(load)
        self._clear_staging(unfinished)
        self._stage(batch)
        added = self._stage_fresh(batch)
        changed: set[date] = set()
        if added or batch.links or _repairs(batch) or unfinished:
            self._announce(load, batch)
            self._store_events(batch)
            changed |= self._count_touched(load)
            changed |= self.stage_pairs(load)
            self.make_dirty(changed)
            self.store_pairs()
        duplicates = batch.rows.num_rows - added
        row = (load, batch.position, added, duplicates, datetime.now(UTC))
        self.connection.insert("load", ["load", "position", "added", "duplicates", "loaded_at"], [row])
        return Appended(added, duplicates, frozenset(changed))

    def _is_unfinished(self, load: int) -> bool:
        """Whether an append crashed after it had said what it would change."""
        of_load = "WHERE load = {load:UInt64}"
        sql = f"SELECT load FROM touched {of_load} UNION ALL SELECT load FROM affected {of_load} LIMIT 1"
        return bool(self.connection.stored(sql, {"load": load}))

    def _clear_staging(self, unfinished: bool) -> None:
        for table in STAGING:
            self.connection.write(f"TRUNCATE TABLE {table}")
        if not unfinished:
            self.connection.write("TRUNCATE TABLE touched")
            self.connection.write("TRUNCATE TABLE affected")

    def _stage(self, batch: Batch) -> None:
        if batch.rows.num_rows:
            numbers = pa.array(range(batch.rows.num_rows), pa.uint32())
            self.connection.insert_arrow("incoming", batch.rows.append_column("n", numbers))
        self.connection.insert("reassigned", ["identity_id", "user_id"], reassigned(batch))
        self.connection.insert("span", ["n", "user_id", "account_id", "since", "until"], spans(batch.relinks))
        self.connection.insert("link", ["account_id", "user_id", "first_day"], batch.links)

    def _stage_fresh(self, batch: Batch) -> int:
        """Puts the rows not stored yet into `fresh`, put right; gives their number."""
        if not batch.rows.num_rows:
            return 0
        source = f"""
            SELECT {EVENT_COLUMNS} FROM incoming WHERE message_id NOT IN (
                SELECT message_id FROM event
                WHERE day IN {{days:Array(Date32)}} AND message_id IN (SELECT message_id FROM incoming)
            ) ORDER BY n LIMIT 1 BY message_id"""
        if _repairs(batch):
            source = repaired(source)
        self.connection.write(f"INSERT INTO fresh ({EVENT_COLUMNS}) {source}", {"days": _duplicate_days(batch)})
        return int(self.connection.stored("SELECT count() FROM fresh")[0][0])

    def _announce(self, load: int, batch: Batch) -> None:
        """Finds the stored events to move, and says what will change."""
        if _repairs(batch):
            self.connection.write(MOVED_PLACES)
            self.connection.write(f"INSERT INTO moved ({EVENT_COLUMNS}, new_account, new_user) {STORED_MOVED}")
            named = [(load, user) for user in named_users(batch)]
            self.connection.insert("affected", ["load", "user_id"], named)
            self.connection.write(
                "INSERT INTO affected SELECT DISTINCT {load:UInt64}, user_id FROM moved WHERE user_id != new_user",
                {"load": load},
            )
        self.connection.write(
            """
            INSERT INTO touched (load, account_id, user_id, day)
            SELECT DISTINCT {load:UInt64}, * FROM (
                SELECT account_id, user_id, day FROM fresh
                UNION ALL SELECT account_id, user_id, day FROM moved
                UNION ALL SELECT new_account, new_user, day FROM moved
            )""",
            {"load": load},
        )

    def _store_events(self, batch: Batch) -> None:
        version = self.next_version()
        self.connection.write(
            f"INSERT INTO event ({EVENT_COLUMNS}, version, gone)"
            f" SELECT {EVENT_COLUMNS}, {{version:UInt64}}, 0 FROM fresh",
            {"version": version},
        )
        if _repairs(batch):
            self.connection.write(MOVE, {"version": version})

    def _count_touched(self, load: int) -> set[date]:
        """Counts again what the load touched; gives its days."""
        given = {"load": load}
        sql = "SELECT DISTINCT day FROM touched WHERE load = {load:UInt64}"
        days = {day for (day,) in self.connection.stored(sql, given)}
        if days:
            touched = "(day, account_id) IN (SELECT day, account_id FROM touched WHERE load = {load:UInt64})"
            self.count_again(days, touched, given)
        return days


def _repairs(batch: Batch) -> bool:
    return bool(batch.reassigns or batch.relinks)


def _duplicate_days(batch: Batch) -> list[date]:
    days = set(pc.unique(batch.rows["day"]).to_pylist())
    if batch.timeless:
        days |= {day - timedelta(days=back) for day in days for back in range(1, TIMELESS_DAYS + 1)}
    return sorted(days)
