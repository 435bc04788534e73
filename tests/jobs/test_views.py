from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tenure.jobs.models import Job, JobState

BASE = "/settings/jobs/"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROBLEM = "Traceback (most recent call last):\n  ...\nOSError: <b>no space</b>"


@pytest.fixture
def alices(client, alice) -> Client:
    client.force_login(alice)
    return client


def make(state: JobState, **more: object) -> Job:
    ended = state in (JobState.DONE, JobState.FAILED, JobState.STOPPED)
    times = {"started_at": NOW, "ended_at": NOW + timedelta(seconds=90)} if ended else {}
    return Job.objects.create(kind="backup", state=state, due_at=NOW, **{**times, **more})


def test_it_says_what_jobs_are_before_there_is_one(alices):
    assert "No job yet" in alices.get(BASE).content.decode()


def test_it_lists_jobs_filters_and_searches(alices):
    make(JobState.DONE)
    make(JobState.FAILED, error=PROBLEM)
    everything = alices.get(BASE).content.decode()

    assert "OSError: &lt;b&gt;no space" in everything  # the end of the traceback says what happened
    assert "Traceback" not in everything
    assert "1 row" in alices.get(f"{BASE}?state=failed").content.decode()
    assert "2 rows" in alices.get(f"{BASE}?q=backup").content.decode()
    assert "Nothing found" in alices.get(f"{BASE}?q=nothing+like+it").content.decode()


def test_it_asks_again_while_a_job_runs(alices):
    job = make(JobState.RUNNING, done_units=1, total_units=4)
    page = alices.get(f"{BASE}{job.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "25%" in page
    assert ">Stop<" in page


def test_it_shows_what_went_wrong_and_asks_no_more(alices):
    job = make(JobState.FAILED, error=PROBLEM)
    drawer = alices.get(f"{BASE}{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "&lt;b&gt;no space" in drawer
    assert "every 1s" not in drawer
    assert "<html" not in drawer
    assert "Try again" in drawer


def test_it_stops_a_waiting_job_at_once_and_asks_a_running_one(alices, alice):
    waiting, running = make(JobState.WAITING), make(JobState.RUNNING)
    for job in (waiting, running):
        assert "stops as soon as it can" in alices.post(f"{BASE}{job.pk}/stop/", follow=True).content.decode()
        job.refresh_from_db()
    assert waiting.state == JobState.STOPPED
    assert (running.state, running.stop_asked_by) == (JobState.RUNNING, alice)
    assert "asked to stop" in alices.get(f"{BASE}{running.pk}/").content.decode()


def test_it_tries_a_failed_job_again_as_a_new_one(alices, alice):
    failed = make(JobState.FAILED, payload={"left": 3})
    alices.post(f"{BASE}{failed.pk}/retry/")
    again = Job.objects.exclude(pk=failed.pk).get()
    assert (again.state, again.payload, again.created_by) == (JobState.WAITING, {"left": 3}, alice)


def test_it_refuses_to_stop_what_ended_and_to_retry_what_did_not_fail(alices):
    done = make(JobState.DONE)
    assert "ended already" in alices.post(f"{BASE}{done.pk}/stop/", follow=True).content.decode()
    assert "can be tried again" in alices.post(f"{BASE}{done.pk}/retry/", follow=True).content.decode()
    assert Job.objects.get() == done


def test_it_refuses_a_csm_a_stranger_a_missing_token_and_a_get(alice, bob):
    job = make(JobState.WAITING)
    strict, bobs, nobody = Client(enforce_csrf_checks=True), Client(), Client()
    strict.force_login(alice)
    bobs.force_login(bob)
    stop = f"{BASE}{job.pk}/stop/"
    assert strict.post(stop).status_code == 403
    assert strict.get(stop).status_code == 405
    assert bobs.post(stop).status_code == 404
    assert nobody.post(stop).status_code == 302
    for path in (BASE, f"{BASE}{job.pk}/"):
        assert bobs.get(path).status_code == 404
        assert nobody.get(path).status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_it_knows_no_other_job_and_no_other_verb(alices):
    job = make(JobState.WAITING)
    assert alices.get(f"{BASE}999999/").status_code == 404
    assert alices.post(f"{BASE}999999/stop/").status_code == 404
    assert alices.post(f"{BASE}{job.pk}/explode/").status_code == 404
