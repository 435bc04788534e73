"""`tenure sync`: what it answers, and how it says so."""

from django.conf import settings

from tenure.cli.command import Context
from tenure.cli.commands.sync import COMMANDS
from tests.integrations.conftest import opened, syncing

__all__ = ["opened", "syncing"]
LISTED, RUN = COMMANDS


def test_it_runs_a_sync_and_lists_how_it_is(syncing, monkeypatch):
    monkeypatch.setattr("tenure.server.start.prepare", lambda config: None)  # the test's database is there
    context = Context(settings.CONFIG, lambda done, total: None)
    syncing.put("a.csv", "account_id,plan\nacme,pro\n,x\n")
    syncing.of_folder()
    done = RUN.run({"name": "CRM"}, context)
    assert RUN.show(done).splitlines()[0] == "done: 2 rows read: 1 new, 0 changed, 0 as before, 1 refused"
    syncing.put("b.csv", "other\nx\n")
    done = RUN.run({"name": "CRM"}, context)
    assert done["ok"] is False
    assert "b.csv: There is no column “account_id”." in RUN.show(done)
    listed = LISTED.run({}, context)
    assert [(each["name"], each["state"], each["ended"], each["alert"]) for each in listed] == [
        ("CRM", "on", "failed", "failed")
    ]
