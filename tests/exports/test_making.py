"""Long lists: made in the background, as the member may see them when they are made, and for this member alone."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tenure.activity.models import Activity
from tenure.exports import making
from tenure.exports.keeping import forget_old, let_go_of_all
from tenure.exports.models import Export, ExportState
from tenure.exports.verbs import remove
from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import JobNotRetryable, enqueue, retry, stop
from tenure.jobs.worker import run_once
from tenure.lib import clock
from tenure.people.models import Role
from tests.exports.taking import content, rows, take
from tests.lib.sheet import sheet

FILES = "/settings/exports/"


def asked(bobs, query: str = "q=company+1&columns=users&sort=-users&page=2", format: str = "csv") -> Export:
    assert take(bobs, "gallery", query, format).url == FILES
    return Export.objects.get()


def page(client) -> str:
    return client.get(FILES).content.decode()


def test_a_long_list_becomes_a_file_in_the_order_and_columns_of_the_list(bobs):
    export = asked(bobs)
    assert "Being made" in page(bobs)
    assert 'hx-trigger="every 1s"' in page(bobs)
    assert run_once("worker")
    shown = page(bobs)
    assert f'href="{FILES}{export.pk}/"' in shown
    assert "every 1s" not in shown
    assert re.search(r'data-label="Rows"[^>]*>23<', shown)
    answer = bobs.get(f"{FILES}{export.pk}/")
    assert re.search(r'filename="gallery-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    found = rows(answer)
    assert [len(found), *found[0]] == [23, "Name", "Active users"]
    assert found[0] == {"Name": "Company 122", "Active users": "4514"}
    assert [export.path.with_suffix(".part").exists(), Job.objects.get().state] == [False, JobState.DONE]


def test_it_is_written_down_who_took_how_many_rows_of_what(bobs):
    asked(bobs, "q=company+1")
    run_once("worker")
    told = list(Activity.objects.filter(verb__startswith="export.").order_by("pk"))
    assert [(each.verb, each.by, each.detail["rows"]) for each in told] == [
        ("export.asked", "Bob", 23),
        ("export.made", "Bob", 23),
    ]
    assert told[1].detail["query"].startswith("q=company+1&columns=name%2Cstate")


def test_a_short_list_is_sent_at_once(bobs):
    assert content(take(bobs, "gallery", "q=company+12"))
    assert not Export.objects.exists()


def test_a_file_that_is_asked_for_twice_is_made_once(bobs):
    asked(bobs)
    asked(bobs)
    assert Job.objects.count() == 1


def test_excel_files_are_made_too(bobs):
    export = asked(bobs, "", "xlsx")
    run_once("worker")
    assert len(sheet(export.path.read_bytes())) == 124


def test_it_speaks_the_language_of_whoever_asked(bobs, bob):
    bob.language = "zh-hans"
    bob.save()
    export = asked(bobs, "columns=state")
    run_once("worker")
    assert "健康" in export.path.read_text()


def test_the_file_is_for_its_maker_alone(bobs, alice):
    export = asked(bobs)
    run_once("worker")
    alices = Client()
    alices.force_login(alice)
    assert alices.get(f"{FILES}{export.pk}/").status_code == 404
    assert "gallery-" not in page(alices)
    alices.post(f"{FILES}remove/", {"export": export.pk})
    assert export.path.exists()


def test_the_permissions_are_those_of_the_moment_it_is_made(bobs, bob):
    export = asked(bobs)
    bob.role = Role.VIEWER
    bob.save()
    run_once("worker")
    export.refresh_from_db()
    assert (export.state, export.error) == (ExportState.FAILED, "Bob may not export this list.")
    assert not export.path.exists()
    assert Job.objects.get().state == JobState.DONE  # not tried again


def test_a_file_that_grows_too_large_is_not_made(bobs, settings):
    export = asked(bobs)
    settings.CONFIG = replace(settings.CONFIG, export_mb=0)
    run_once("worker")
    export.refresh_from_db()
    assert "larger than 0 MB" in export.error
    assert not list(export.path.parent.glob(f"{export.pk}.*"))


def test_what_is_thrown_away_while_it_is_made_is_not_made(bobs, bob, monkeypatch):
    export = asked(bobs)
    path = export.path
    monkeypatch.setattr(making, "heads", lambda listed: remove([export], bob) or ["Name"])  # in the middle of it
    run_once("worker")
    assert not list(path.parent.glob("*"))
    assert Job.objects.get().state == JobState.STOPPED
    assert "gallery-" not in page(bobs)


def test_a_job_tried_again_makes_the_file(bobs, alice):
    export = asked(bobs)
    stop(export.job, alice)
    assert "Failed" in page(bobs)
    again = retry(export.job, alice)
    assert "Being made" in page(bobs)
    run_once("worker")
    export.refresh_from_db()
    assert (export.state, export.job, export.path.exists()) == (ExportState.DONE, again, True)
    with pytest.raises(JobNotRetryable, match="made already"):
        retry(Job.objects.earliest("pk"), alice)


def test_erasing_a_person_takes_all_files_away(bobs, django_capture_on_commit_callbacks):
    export = asked(bobs)
    run_once("worker")
    with django_capture_on_commit_callbacks(execute=True):
        let_go_of_all()
    assert not export.path.exists()
    assert bobs.get(f"{FILES}{export.pk}/").status_code == 404
    assert "No longer kept" in page(bobs)


def test_a_person_erased_while_a_file_is_made_is_not_in_it(bobs, django_capture_on_commit_callbacks):
    export = asked(bobs)
    let_go_of_all()
    run_once("worker")
    assert not export.path.exists()
    assert not Activity.objects.filter(verb="export.made").exists()


def test_old_files_go_after_so_many_days(bobs, settings):
    export = asked(bobs)
    run_once("worker")
    stray = export.path.with_name("999999.csv")  # of a database that was put back
    stray.write_text("Name")
    assert [forget_old(export.asked_at), export.path.exists(), stray.exists()] == [0, True, False]
    enqueue("prune_exports")
    clock.set_clock(lambda: export.asked_at + timedelta(days=settings.CONFIG.export_days, seconds=1))
    run_once("worker")
    assert [*export.path.parent.glob("*"), *Export.objects.all()] == []
