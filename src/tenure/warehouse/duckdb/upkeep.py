"""Backup, and the check that the roll-ups agree with the events they were made from."""

from pathlib import Path

from tenure.warehouse.duckdb.connection import UPKEEP_SECONDS, Connection
from tenure.warehouse.store import WarehouseError

# Each finds the days on which two ways to count the same thing differ.
AGREEMENTS = {
    "event_day does not count the events of": """
        select day from (select day, account_id, event_id, count(*) as n from event group by all) e
        full join (select day, account_id, event_id, sum(count) as n from event_day group by all) d
        using (day, account_id, event_id) where e.n is distinct from d.n""",
    "user_day does not count the users of": """
        select day from (
            select day, account_id, user_id, count(*) as n, count(*) filter (event_class = 2) as v
            from event join event_dim using (event_id) where event_class > 0 and user_id <> 0 group by all
        ) e full join (
            select day, account_id, user_id, sum(count) as n, sum(value_count) as v from user_day group by all
        ) d using (day, account_id, user_id) where e.n is distinct from d.n or e.v is distinct from d.v""",
    "account_user does not know the first days of users first seen on": """
        select coalesce(e.day, d.day) from (select account_id, user_id, min(day) as day from event group by all) e
        full join (
            select account_id, user_id, min(first_day) as day from account_user where not linked group by all
        ) d using (account_id, user_id) where e.day is distinct from d.day""",
    "account_day has accounts twice on": """
        select day from account_day group by day, account_id having count(*) > 1""",
}


class Upkeep(Connection):
    def backup(self, folder: Path) -> None:
        """See Store. The copy is checkpointed: one file, named like this one."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise WarehouseError(f"{folder} is not empty. A backup needs an empty folder.")
        target = str(folder / self.path.name).replace("'", "''")
        source = self.path.stem.replace('"', '""')
        with self.reading(seconds=UPKEEP_SECONDS) as cursor:
            cursor.execute(f"attach '{target}' as copy")
            try:
                cursor.execute(f'copy from database "{source}" to copy')
            finally:
                cursor.execute("detach copy")

    def check(self) -> list[str]:
        """See Store. Days that wait to be refreshed may differ in users only, so all are compared."""
        problems = []
        for problem, sql in AGREEMENTS.items():
            statement = f"select min(day), max(day), count(distinct day) from ({sql}) problem(day)"
            first, last, days = self.read(statement, seconds=UPKEEP_SECONDS)[0]
            if days:
                problems.append(f"{problem} {first}" + (f" to {last} ({days} days)." if days > 1 else "."))
        return problems
