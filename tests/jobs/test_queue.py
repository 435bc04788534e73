from datetime import timedelta

import pytest
from django.db import transaction

from tenure.jobs.claim import claim
from tenure.jobs.kinds import UnknownKind
from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import JobNotRetryable, JobNotStoppable, enqueue, retry, stop
from tenure.jobs.worker import run_once
from tenure.people.models import Member
from tests.jobs.conftest import NOW


@pytest.fixture
def member(database) -> Member:
    return Member.objects.create(email="alice@example.com")


def test_it_is_part_of_the_callers_transaction(database, handler):
    handler(lambda run: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("count")
        raise RuntimeError
    assert not Job.objects.exists()
    with transaction.atomic():
        enqueue("count", {"to": 3})
    assert Job.objects.get().payload == {"to": 3}


def test_it_keeps_one_waiting_job_per_key(database, handler, member):
    handler(lambda run: None)
    first = enqueue("count", {"to": 1}, key="a", actor=member)
    assert enqueue("count", {"to": 2}, key="a") == first
    assert enqueue("count", key="b") != first
    assert enqueue("count") != enqueue("count")
    assert first.created_by == member


def test_it_lets_a_job_wait_beside_a_running_one_of_its_key_and_runs_them_in_turn(database, handler):
    handler(lambda run: None)
    first = enqueue("count", key="a")
    assert claim("one").pk == first.pk
    second = enqueue("count", key="a")
    assert second.pk != first.pk
    assert claim("two") is None
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE)
    assert claim("two").pk == second.pk


def test_it_refuses_a_kind_nobody_does(database):
    with pytest.raises(UnknownKind, match="make_coffee"):
        enqueue("make_coffee")


def test_it_does_what_is_due_longest_first_and_nothing_before_its_time(database, handler, later):
    done = []
    handler(lambda run: done.append(run.payload["n"]))
    for n, minutes in enumerate([10, 0, -10]):
        enqueue("count", {"n": n}, due=NOW + timedelta(minutes=minutes))
    while run_once("worker"):
        pass
    assert done == [2, 1]
    later(minutes=10)
    assert run_once("worker")
    assert done == [2, 1, 0]


def test_it_stops_a_waiting_job_at_once(database, handler, member):
    handler(lambda run: None)
    job = enqueue("count")
    stop(job, member)
    job.refresh_from_db()
    assert (job.state, job.stop_asked_by) == (JobState.STOPPED, member)
    assert not run_once("worker")
    with pytest.raises(JobNotStoppable):
        stop(job, member)


def test_it_stops_a_running_job_at_its_next_step(database, handler, member):
    steps = []

    def count(run):
        for n in range(1, 6):
            steps.append(n)
            if n == 2:
                stop(run.job, member)
            run.remember({"from": n})

    handler(count)
    job = enqueue("count")
    assert run_once("worker")
    job.refresh_from_db()
    assert (steps, job.state, job.payload) == ([1, 2], JobState.STOPPED, {"from": 2})


def test_it_tries_again_where_a_stopped_job_ended(database, handler, member):
    handler(lambda run: None)
    job = enqueue("count", {"from": 7}, key="a")
    with pytest.raises(JobNotRetryable):
        retry(job, member)
    stop(job, member)
    again = retry(job, member)
    assert again.pk != job.pk
    assert (again.payload, again.key, again.created_by) == ({"from": 7}, "a", member)
