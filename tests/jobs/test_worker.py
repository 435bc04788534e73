import threading

import pytest

from tenure.jobs import claim as claiming
from tenure.jobs.claim import claim, release_dead
from tenure.jobs.ending import MOST_ATTEMPTS
from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import enqueue
from tenure.jobs.run import LeaseLost, Run
from tenure.jobs.worker import run_once


def test_it_writes_the_result_of_a_job(database, handler):
    handler(lambda run: {"counted": run.payload["to"]})
    job = enqueue("count", {"to": 3})
    assert run_once("worker")
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"counted": 3}, 1)
    assert job.started_at <= job.ended_at
    assert not run_once("worker")


def test_it_shows_progress(database, handler):
    seen = []

    def count(run):
        run.progress(3, 3)
        seen.append(Job.objects.values_list("done_units", "total_units").get())

    handler(count)
    enqueue("count")
    run_once("worker")
    assert seen == [(3, 3)]


def test_it_tries_a_failing_job_again_after_growing_pauses_and_then_gives_up(database, handler, later):
    tries = []

    def fail(run):
        tries.append(run.job.attempts)
        raise ValueError("no luck")

    handler(fail)
    job = enqueue("count", key="a")
    for pause_s in (10, 60, 360, 2160):
        assert run_once("worker")
        later(seconds=pause_s - 1)
        assert not run_once("worker")
        later(seconds=1)
    assert run_once("worker")
    job.refresh_from_db()
    assert (job.state, tries) == (JobState.FAILED, list(range(1, MOST_ATTEMPTS + 1)))
    assert job.error == "ValueError: no luck"


def test_it_keeps_the_one_that_was_begun_when_another_of_its_key_came_meanwhile(database, handler):
    def fail(run):
        run.remember({"left": 2})
        enqueue("count", key="a")
        raise ValueError("no luck")

    handler(fail)
    job = enqueue("count", {"left": 5}, key="a")
    run_once("worker")
    waiting = Job.objects.get(state=JobState.WAITING)
    assert (waiting.pk, waiting.payload) == (job.pk, {"left": 2})


def test_it_takes_over_from_a_silent_worker_when_the_lease_is_over(database, handler, later):
    handler(lambda run: {"from": run.payload["from"]}, lease_s=60)
    enqueue("count", {"from": 0})
    job = claim("dead")
    Run(job, 60, threading.Event()).remember({"from": 4})

    later(seconds=59)
    assert not run_once("other")
    later(seconds=2)
    assert run_once("other")

    taken = Job.objects.get()
    assert (taken.state, taken.worker, taken.attempts, taken.result) == (JobState.DONE, "other", 2, {"from": 4})


def test_it_keeps_the_lease_while_there_is_progress(database, handler, later):
    handler(lambda run: None, lease_s=60)
    enqueue("count")
    run = Run(claim("busy"), 60, threading.Event())
    for _ in range(3):
        later(seconds=50)
        run.progress(1, 1)
    assert claim("other") is None


def test_it_tells_a_worker_that_lost_its_job(database, handler, later):
    handler(lambda run: None, lease_s=60)
    enqueue("count")
    slow = Run(claim("slow"), 60, threading.Event())
    later(seconds=61)
    assert claim("other") is not None
    with pytest.raises(LeaseLost):
        slow.progress(1, 1)
    assert Job.objects.get().worker == "other"


def test_it_gives_up_on_a_job_that_kills_its_workers(database, handler, later):
    handler(lambda run: None, lease_s=60)
    enqueue("count")
    for n in range(MOST_ATTEMPTS):
        assert claim(f"worker {n}") is not None
        later(seconds=61)
    assert claim("one more") is None
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert "died" in job.error


def test_it_gives_a_job_back_when_the_process_ends(database, handler):
    ending = threading.Event()

    def count(run):
        ending.set()
        run.progress(1, 9)

    handler(count)
    enqueue("count")
    run_once("worker", ending)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


def test_it_does_not_wait_for_the_lease_of_a_process_that_is_gone(database, handler):
    handler(lambda run: None)
    enqueue("count")
    claim(f"{claiming._HOST}:{2**22 + 1}:gone:1")  # above the largest process number
    assert claim("other") is None
    assert release_dead() == 1
    assert claim("other") is not None


def test_it_leaves_living_workers_and_those_of_other_hosts_their_leases(database, handler):
    handler(lambda run: None)
    for worker in (claiming.new_worker(), f"{claiming._HOST}:1:other:1", "elsewhere:99:x:1"):
        enqueue("count")
        claim(worker)
    assert release_dead() == 0
