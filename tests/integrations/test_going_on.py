"""Runs that are killed, stopped, and one at a time."""

import pytest

from tenure.accounts.models import Account
from tenure.imports.kinds.accounts import Accounts
from tenure.integrations.forgetting import let_go_of_samples
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.running import carry_out
from tenure.integrations.runs import begin, begin_due
from tenure.integrations.setting_up import Draft, add
from tenure.integrations.verbs import delete, run_now, stop
from tenure.jobs.claim import new_worker
from tenure.jobs.models import Job
from tenure.jobs.queue import JobNotRetryable, enqueue, retry
from tenure.jobs.worker import run_once
from tenure.lib import clock
from tests.integrations.syncing import told

ROWS = ", ".join(f"('a{n:02}', 'pro', {n}, '2026-03-{1 + n:02}')" for n in range(20))


class Killed(BaseException):
    """What a signal does to a process."""


@pytest.fixture
def sync(syncing, monkeypatch):
    monkeypatch.setattr(Accounts, "chunk", 4)
    syncing.sqlite(f"insert into customers values {ROWS}")
    return syncing.of_query(cursor_column="updated")


@pytest.mark.parametrize("after", [1, 4, 8])
def test_it_ends_alike_when_it_was_killed_in_the_middle(syncing, sync, after):
    run = begin(sync, None)
    left = [after]

    def killing(done, total):
        left[0] -= 1
        if not left[0]:
            raise Killed

    with pytest.raises(Killed):
        carry_out(run, killing)
    assert sync.marks.count() == 0  # not read before all of it is imported
    again = SyncRun.objects.get(pk=run.pk)
    carry_out(again, lambda done, total: None)
    assert (told(again), again.rows, again.cursor_after) == (("done", 20, 0, 0, 0), 20, "2026-03-20")
    assert Account.objects.count() == 20
    assert sync.runs.count() == 1


def test_it_runs_once_at_a_time_and_stops(syncing, sync):
    assert run_now(sync, syncing.actor).pk == run_now(sync, syncing.actor).pk
    stop(sync, syncing.actor)
    assert sync.runs.get().state == "stopped"
    assert told(syncing.run(sync)) == ("done", 20, 0, 0, 0)


def test_a_job_tried_again_is_a_new_run(syncing, sync):
    stop(sync, syncing.actor)
    stopped = Job.objects.get()
    begun = retry(stopped, syncing.actor)
    assert run_once(new_worker(), key=f"sync:{sync.pk}")
    assert [told(run) for run in sync.runs.order_by("pk")] == [("stopped", 0, 0, 0, 0), ("done", 20, 0, 0, 0)]
    assert sync.runs.latest("pk").job == begun
    delete(sync, syncing.actor)
    with pytest.raises(JobNotRetryable, match="was deleted"):
        retry(stopped, syncing.actor)


def test_it_runs_by_its_schedule(syncing, sync):
    syncing.run(sync)
    sync.refresh_from_db()
    assert sync.next_at is None
    now = clock.now()
    type(sync).objects.filter(pk=sync.pk).update(every_s=3600, next_at=now)
    assert (begin_due(), begin_due()) == (1, 0)
    assert Job.objects.filter(kind="run_sync").count() == 1
    sync.refresh_from_db()
    assert 3590 <= (sync.next_at - now).total_seconds() <= 3610


def test_it_looks_for_what_is_due_without_filling_the_list_of_jobs(syncing, sync):
    syncing.run(sync)
    type(sync).objects.filter(pk=sync.pk).update(every_s=60, next_at=clock.now())
    for _ in range(2):
        enqueue("begin_syncs", key="begin_syncs")
        run_once(new_worker(), key="begin_syncs")
    assert Job.objects.filter(kind="begin_syncs").count() == 1
    assert run_once(new_worker(), key=f"sync:{sync.pk}")
    assert [told(run) for run in sync.runs.order_by("pk")] == [("done", 20, 0, 0, 0), ("done", 0, 0, 1, 0)]


def test_it_lets_go_of_the_first_rows_when_a_person_is_erased(syncing, sync):
    drafted = add(
        Draft("Other", "sqlite", "accounts", {"file": "crm.sqlite", "query": "select * from customers"}), None
    )
    assert drafted.first_rows
    let_go_of_samples(drafted.created_at)
    assert Sync.objects.get(pk=drafted.pk).first_rows
    let_go_of_samples()
    left = Sync.objects.get(pk=drafted.pk)
    assert (left.first_rows, [column["samples"] for column in left.columns]) == ([], [[], [], [], []])
