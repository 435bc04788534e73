"""Writing a batch of events so that repeating it, whole or from anywhere, gives the same end.

The order is the guarantee. `affected`, `touched` and `lost` say what the batch will change before anything changes;
then come the events, the repairs, roll-ups and pairs (made again from the events, so writing them twice changes
nothing), the dirty days and, last, the row of `load`. A load without its row is finished by the next append: it has
the same number, finds what the crashed one touched, and its events among the stored ones.
"""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from tenure.warehouse.clickhouse.pairs import Pairs
from tenure.warehouse.clickhouse.repairs import (
    GONE_PLACES,
    MOVE,
    MOVED_PLACES,
    STORED_GONE,
    STORED_MOVED,
    TAKE_OUT,
    named_users,
    reassigned,
    repaired,
    spans,
)
from tenure.warehouse.clickhouse.tables import EVENT_COLUMNS, STAGING
from tenure.warehouse.store import Appended, Batch

TIMELESS_DAYS = 7
# As FINAL has it, but only of these few rows: a message that was taken out may come again.
STORED_ALREADY = """
    SELECT message_id FROM event
    WHERE day IN {days:Array(Date32)} AND message_id IN (SELECT message_id FROM incoming)
    GROUP BY day, account_id, event_id, user_id, message_id HAVING argMax(gone, version) = 0"""
_ANNOUNCED = ("touched", "lost", "affected")  # what an append says it will change


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
        if added or batch.links or _repairs(batch) or batch.withdrawn or unfinished:
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
        found = " UNION ALL ".join(f"SELECT load FROM {table} {of_load}" for table in _ANNOUNCED)
        return bool(self.connection.stored(f"{found} LIMIT 1", {"load": load}))

    def _clear_staging(self, unfinished: bool) -> None:
        for table in STAGING:
            self.connection.write(f"TRUNCATE TABLE {table}")
        if not unfinished:
            for table in _ANNOUNCED:
                self.connection.write(f"TRUNCATE TABLE {table}")

    def _stage(self, batch: Batch) -> None:
        if batch.withdrawn:
            keys = pa.table({"message_id": pa.array(batch.withdrawn, pa.binary(16))})
            self.connection.insert_arrow("withdrawn", keys)
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
            SELECT {EVENT_COLUMNS} FROM incoming WHERE message_id NOT IN ({STORED_ALREADY})
            ORDER BY n LIMIT 1 BY message_id"""
        if _repairs(batch):
            source = repaired(source)
        self.connection.write(f"INSERT INTO fresh ({EVENT_COLUMNS}) {source}", {"days": _duplicate_days(batch)})
        return int(self.connection.stored("SELECT count() FROM fresh")[0][0])

    def _announce(self, load: int, batch: Batch) -> None:
        """Finds the stored events to take out or to move, and says what will change."""
        if batch.withdrawn:
            self.connection.write(GONE_PLACES)
            self.connection.write(f"INSERT INTO gone ({EVENT_COLUMNS}) {STORED_GONE}")
            self.connection.write(
                "INSERT INTO lost SELECT DISTINCT {load:UInt64}, account_id, user_id, day FROM gone", {"load": load}
            )
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
        if batch.withdrawn:
            self.connection.write(TAKE_OUT, {"version": version})
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
        changed = " UNION DISTINCT ".join(
            f"SELECT day, account_id FROM {table} WHERE load = {{load:UInt64}}" for table in ("touched", "lost")
        )
        days = {day for (day,) in self.connection.stored(f"SELECT DISTINCT day FROM ({changed})", given)}
        if days:
            self.count_again(days, f"(day, account_id) IN ({changed})", given)
        return days


def _repairs(batch: Batch) -> bool:
    return bool(batch.reassigns or batch.relinks)


def _duplicate_days(batch: Batch) -> list[date]:
    days = set(pc.unique(batch.rows["day"]).to_pylist())
    if batch.timeless:
        days |= {day - timedelta(days=back) for day in days for back in range(1, TIMELESS_DAYS + 1)}
    return sorted(days)
