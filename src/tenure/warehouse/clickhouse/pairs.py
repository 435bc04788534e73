"""account_user: every pair of account and user seen in the events or linked, with its first day."""

from datetime import date

from tenure.warehouse.clickhouse.rollups import RollUps

_AFFECTED = "(SELECT user_id FROM affected WHERE load = {load:UInt64})"
_TOUCHED = "(SELECT account_id, user_id FROM touched WHERE load = {load:UInt64})"
_CHANGED = f"""
    INSERT INTO pair (account_id, user_id, linked, first_day, lost, first_before)
    SELECT account_id, user_id, linked, first, lost, if(before = 0, NULL, stored_first) FROM (
        SELECT account_id, user_id, linked, minIf(day, live) AS first, max(live) = 0 AS lost,
               countIf(stored) AS before, minIf(day, stored) AS stored_first
        FROM (
            SELECT account_id, user_id, linked, first_day AS day, user_id NOT IN {_AFFECTED} AS live, true AS stored
            FROM account_user FINAL
            WHERE (account_id, user_id) IN {_TOUCHED} OR user_id IN {_AFFECTED}
               OR (account_id, user_id) IN (SELECT account_id, user_id FROM link)
            UNION ALL
            SELECT account_id, user_id, false, day, true, false FROM touched
            WHERE load = {{load:UInt64}} AND user_id NOT IN {_AFFECTED}
            UNION ALL
            SELECT account_id, user_id, false, min(day), true, false FROM event FINAL
            WHERE user_id IN {_AFFECTED} GROUP BY account_id, user_id
            UNION ALL
            SELECT account_id, user_id, true, first_day, true, false FROM link
        )
        GROUP BY account_id, user_id, linked
    ) WHERE lost OR before = 0 OR first != stored_first"""


class Pairs(RollUps):
    """Finds which pairs a load changes, then changes them: the days are dirty before the pairs are new."""

    def stage_pairs(self, load: int) -> set[date]:
        """Puts the changes into `pair`: of affected users from all their events and the links that came, of others
        from what was added. Gives the first days that came, went or moved.
        """
        self.connection.write(_CHANGED, {"load": load})
        days = self.connection.stored(
            """
            SELECT DISTINCT day FROM (
                SELECT first_day AS day FROM pair WHERE NOT lost
                UNION ALL SELECT assumeNotNull(first_before) FROM pair WHERE first_before IS NOT NULL
            )"""
        )
        return {day for (day,) in days}

    def store_pairs(self) -> None:
        """Writes the changes found."""
        self.connection.write(
            """
            INSERT INTO account_user (account_id, user_id, linked, first_day, version, gone)
            SELECT account_id, user_id, linked, first_day, {version:UInt64}, lost FROM pair""",
            {"version": self.next_version()},
        )
