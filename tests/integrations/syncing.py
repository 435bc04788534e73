"""What tests do with syncs: set one up, have it run, look at what became of it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.running import carry_out
from tenure.integrations.runs import begin
from tenure.integrations.setting_up import Draft, add
from tenure.integrations.verbs import map_columns, suggested
from tenure.jobs.models import Job
from tenure.people.models import Member

CUSTOMERS = "create table customers (account_id text, plan text, seats int, updated text)"


@dataclass
class Syncing:
    """`actor` sets up; `folder` is open to syncs."""

    actor: Member
    folder: Path

    def sqlite(self, *statements: str) -> Path:
        """A database of customers, and what is done to it."""
        path = self.folder / "crm.sqlite"
        with closing(sqlite3.connect(path)) as database:
            if path.stat().st_size == 0:
                database.execute(CUSTOMERS)
            for statement in statements:
                database.execute(statement)
            database.commit()
        return path

    def put(self, name: str, text: str) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def of_query(self, query: str = "select * from customers", **draft: Any) -> Sync:
        """A sync of the database of customers, mapped as suggested; its first run is not done yet."""
        return self.mapped("sqlite", {"file": "crm.sqlite", "query": query}, **draft)

    def of_folder(self, files: str = "*.csv", **draft: Any) -> Sync:
        return self.mapped("folder", {"folder": ".", "files": files}, **draft)

    def mapped(self, integration: str, parts: dict[str, str], **draft: Any) -> Sync:
        sync = add(
            Draft(**{"name": "CRM", "kind": "accounts", **draft}, integration=integration, parts=parts), self.actor
        )
        map_columns(sync, suggested(sync), self.actor)
        return sync

    def run(self, sync: Sync) -> SyncRun:
        """Its run at work, or a new one, done to the end."""
        sync.refresh_from_db()
        run = begin(sync, self.actor)
        carry_out(run, lambda done, total: None)
        Job.objects.all().delete()
        run.refresh_from_db()
        return run


def told(run: SyncRun) -> tuple[str, int, int, int, int]:
    """(state, new, changed, same, refused)"""
    return run.state, run.new, run.changed, run.same, run.refused
