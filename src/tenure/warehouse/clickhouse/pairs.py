"""account_user: every pair of account and user seen in the events or linked, with its first day."""

from datetime import date

from tenure.warehouse.clickhouse.repairs import AT_PLACES, PLACES
from tenure.warehouse.clickhouse.rollups import RollUps

_AFFECTED = "(SELECT user_id FROM affected WHERE load = {load:UInt64})"
_LOST = "(SELECT account_id, user_id FROM lost WHERE load = {load:UInt64})"
_TOUCHED = "(SELECT account_id, user_id FROM touched WHERE load = {load:UInt64})"

# Every pair that a load may change, as it is and as it should be; NULL where it is not or should not be.
_COMPARED = f"""
    INSERT INTO pair (account_id, user_id, linked, first_before, first_now)
    SELECT account_id, user_id, linked, minOrNullIf(day, stored), minOrNullIf(day, holds)
    FROM (
        SELECT account_id, user_id, linked, first_day AS day, true AS stored,
               if(linked, user_id NOT IN {_AFFECTED} OR user_id = 0,
                  user_id NOT IN {_AFFECTED} AND (account_id, user_id) NOT IN {_LOST}) AS holds
        FROM account_user FINAL
        WHERE (account_id, user_id) IN {_TOUCHED} OR (account_id, user_id) IN {_LOST} OR user_id IN {_AFFECTED}
           OR (account_id, user_id) IN (SELECT account_id, user_id FROM link)
        UNION ALL
        SELECT account_id, user_id, false, day, false, true FROM touched
        WHERE load = {{load:UInt64}} AND user_id NOT IN {_AFFECTED}
        UNION ALL
        SELECT account_id, user_id, false, min(day), false, true FROM event FINAL
        WHERE {AT_PLACES} AND (user_id IN {_AFFECTED} OR (account_id, user_id) IN {_LOST})
        GROUP BY account_id, user_id
        UNION ALL
        SELECT account_id, user_id, true, first_day, false, true FROM link
    )
    GROUP BY account_id, user_id, linked"""

# Of affected users a pair counts as one, seen or linked, and its first days before and after are dirty when it
# changed; of others it can only have come, or come earlier.
_DAYS = f"""
    SELECT DISTINCT assumeNotNull(day) FROM (
        SELECT arrayJoin([before, now]) AS day FROM (
            SELECT min(first_before) AS before, min(first_now) AS now,
                   countIf(NOT linked AND first_before IS NOT NULL) AS seen_before,
                   countIf(NOT linked AND first_now IS NOT NULL) AS seen_now
            FROM pair WHERE user_id IN {_AFFECTED} GROUP BY account_id, user_id
        ) WHERE before IS DISTINCT FROM now OR seen_before != seen_now
        UNION ALL
        SELECT arrayJoin([first_before, first_now]) FROM pair
        WHERE user_id NOT IN {_AFFECTED} AND first_before IS DISTINCT FROM first_now
    ) WHERE day IS NOT NULL"""

_REPLACE = """
    INSERT INTO account_user (account_id, user_id, linked, first_day, version, gone)
    SELECT account_id, user_id, linked, ifNull(first_now, assumeNotNull(first_before)), {version:UInt64},
           first_now IS NULL
    FROM pair WHERE first_before IS DISTINCT FROM first_now"""


class Pairs(RollUps):
    """Finds which pairs a load changes, then changes them: the days are dirty before the pairs are new."""

    def stage_pairs(self, load: int) -> set[date]:
        """Puts the changes into `pair`: of affected users and lost pairs from all their events and the links that came,
        of others from what was added. Gives the first days that came, went or moved.
        """
        theirs = f"user_id IN {_AFFECTED} OR (account_id, user_id) IN {_LOST}"
        self.connection.write(f"{PLACES} {theirs}", {"load": load})
        self.connection.write(_COMPARED, {"load": load})
        return {day for (day,) in self.connection.stored(_DAYS, {"load": load})}

    def store_pairs(self) -> None:
        """Writes the changes found."""
        self.connection.write(_REPLACE, {"version": self.next_version()})
