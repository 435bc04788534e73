"""What is told about syncs that are not well."""

from tenure.integrations.at_once import run_at_once
from tenure.integrations.models import Sync
from tenure.integrations.watching import troubles

ROWS = ", ".join(f"('a{n:02}', 'pro', {n}, '')" for n in range(20))


def test_it_tells_of_far_fewer_rows_than_usual_until_it_is_well_again(syncing):
    syncing.sqlite(f"insert into customers values {ROWS}")
    sync = syncing.of_query()
    for _ in range(3):
        assert syncing.run(sync).usual_rows is None
    syncing.sqlite("delete from customers where seats >= 10")
    assert syncing.run(sync).usual_rows is None  # half is not less than half
    syncing.sqlite("delete from customers where seats >= 9")
    run = syncing.run(sync)
    assert (run.state, run.rows, run.usual_rows) == ("done", 9, 20)
    assert troubles() == [(sync.pk, "The sync “CRM” read less than half as many rows as usual.")]
    syncing.sqlite("insert into customers select 'b' || seats, plan, seats, '' from customers")
    syncing.run(sync)
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
