"""Syncs run by programs, what became of them, and the rows that were refused."""

from datetime import timedelta

import pytest

from tenure.imports.models import FileImport, ImportState, Refusal
from tenure.integrations.models import Pull, RunState, SyncRun
from tenure.lib import clock
from tests.api.asking import Program
from tests.web.routes.sync import new_sync


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def test_it_runs_a_sync_tells_of_its_run_and_stops_it(program, db):
    sync = new_sync()
    run = program.ask("POST", f"syncs/{sync.pk}/runs", {})
    assert run.status_code == 201 and run.json()["state"] == "waiting"
    assert program.ask("POST", f"syncs/{sync.pk}/runs", {}).json()["id"] == run.json()["id"]
    assert program.ask("POST", f"syncs/{sync.pk}/runs", {"anew": True}).status_code == 409
    Pull.objects.create(run_id=run.json()["id"], name="customers.csv", rows=2, new=1, refused=1)
    told = program.get(f"sync-runs/{run.json()['id']}").json()
    assert told["pulls"][0]["counts"] == {"rows": 2, "new": 1, "changed": 0, "same": 0, "refused": 1}
    assert program.ask("DELETE", f"syncs/{sync.pk}/run").status_code == 200
    assert SyncRun.objects.get().state == RunState.STOPPED
    earlier = SyncRun.objects.create(sync=sync, state=RunState.DONE, created_at=clock.now() - timedelta(days=1))
    shown = program.get(f"syncs/{sync.pk}/runs").json()["items"]
    assert [each["id"] for each in shown] == [run.json()["id"], earlier.pk]
    assert program.ask("PUT", f"syncs/{sync.pk}/pause").json()["enabled"] is False
    assert program.ask("DELETE", f"syncs/{sync.pk}").status_code == 204


def test_it_gives_refused_rows_with_their_reason_as_a_file(program, db):
    columns = [{"name": "account", "holds": "text", "samples": []}]
    made = FileImport.objects.create(
        kind="accounts", name="customers.csv", bytes=1, columns=columns, state=ImportState.DONE, created_at=clock.now()
    )
    problems = [["account", "", "Missing"]]
    Refusal.objects.create(file_import=made, line=3, checked=True, cells=["=1+1"], problems=problems)
    answer = program.get(f"imports/{made.pk}/refusals.csv")
    assert answer["Content-Type"].startswith("text/csv") and "customers-refused.csv" in answer["Content-Disposition"]
    head, row = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("account,") and row == "'=1+1,3,account: Missing"
