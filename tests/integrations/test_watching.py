"""What is told about syncs that are not well."""

from tenure.integrations.at_once import run_at_once
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.watching import troubles
from tenure.lib import clock


def test_it_tells_of_far_fewer_rows_than_usual_until_it_is_well_again(syncing):
    syncing.sqlite("insert into customers values ('a', 'pro', 1, ''), ('b', 'pro', 2, '')")
    sync = syncing.of_query()
    sync.runs.all().delete()
    for rows in (400, 4, 4, 5, 4, 2):  # of the last five 4 is the middle one
        SyncRun.objects.create(sync=sync, state="done", rows=rows, created_at=clock.now())
    assert syncing.run(sync).usual_rows is None  # half is not less than half
    syncing.sqlite("delete from customers where account_id = 'b'")
    sync.runs.filter(rows=2).update(rows=4)
    run = syncing.run(sync)
    assert (run.state, run.rows, run.usual_rows) == ("done", 1, 4)
    assert troubles() == [(sync.pk, "The sync “CRM” read less than half as many rows as usual.")]
    sync.runs.exclude(pk=run.pk).delete()  # one run is not enough to go by
    assert syncing.run(sync).usual_rows is None
    assert troubles() == []


def test_it_runs_for_the_command_line_and_says_how_it_ended(syncing):
    syncing.put("a.csv", "account_id,plan\nacme,pro\n")
    sync = syncing.of_folder()
    run = run_at_once("CRM", lambda done, total: None)
    assert (run.state, run.new, run.sync_id) == ("done", 1, sync.pk)
    syncing.put("b.csv", "other\nx\n")
    assert run_at_once("CRM", lambda done, total: None).state == "failed"
    assert troubles() == [(sync.pk, "The sync “CRM” failed. Settings › Sync says why.")]
    assert Sync.objects.get().columns[0]["samples"] == []
