"""The form of the quick log: what it keeps, refuses, and whom it is for."""

from dataclasses import replace
from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRole, Contact
from tenure.people.models import Role
from tenure.work.models import FollowUp, FollowUpType, NextStep
from tests.web.work.conftest import NOW

NEW, DRAFT = "/work/follow-ups/new/", "/work/follow-ups/draft/"


def test_it_logs_with_people_of_both_sides_and_a_promise(alices, alice, bob, acme, typed):
    ann = Contact.objects.create(account=acme, name="Ann", created_at=NOW, changed_at=NOW)
    people = [f"m{bob.pk}", f"c{ann.pk}", "nKim", "m99999", "cx"]
    promised = {"step_what": ["Send the offer", ""], "step_due": ["2026-07-02", ""], "step_owner": ["", ""]}
    answer = alices.post(NEW, typed(people=people, sentiment="1", duration="45", **promised))
    assert answer.status_code == 302
    made = FollowUp.objects.get()
    assert (made.at, made.duration_minutes, made.sentiment) == (datetime(2026, 6, 30, 10, tzinfo=UTC), 45, 1)
    assert sorted(made.participants.values_list("name", "ours")) == [("Ann", False), ("Bob", True), ("Kim", False)]
    assert list(NextStep.objects.values_list("what", "due", "owner")) == [
        ("Send the offer", date(2026, 7, 2), alice.pk)
    ]


def test_it_begins_with_now_oneself_and_the_first_type(alices, acme):
    page = alices.get(f"{NEW}?account={acme.pk}").content.decode()
    first = FollowUpType.objects.order_by("position")[0]
    assert 'value="2026-06-30T12:00"' in page and f'value="{first.pk}" checked' in page
    assert ">Alice</span>" in page and 'id="log-account"' not in page
    assert 'id="log-account"' in alices.get(NEW).content.decode()


def test_every_problem_stands_at_its_input_and_nothing_typed_is_lost(alices, typed):
    wrong = {"account": "", "type": "0", "at": "soon", "duration": "an hour", "step_what": "Send it", "step_due": "x"}
    answer = alices.post(NEW, typed(**wrong, step_owner=""))
    page = answer.content.decode()
    assert answer.status_code == 422 and not FollowUp.objects.exists()
    assert alices.post(NEW, typed(**{**wrong, "account": "٣"})).status_code == 422  # digits, though no id
    for typed_before in ("Renewal talk", 'value="soon"', 'value="an hour"', 'value="Send it"'):
        assert typed_before in page
    assert page.count("field-error") == 5  # all of them at once
    later = alices.post(NEW, typed(at="2026-07-01T10:00")).content.decode()
    assert "For what is to come add a next step" in later


def test_it_draws_itself_again_with_what_was_typed(alices, typed):
    page = alices.post(DRAFT, typed(notes="Half a <b>", add_step="1", restored="1")).content.decode()
    assert "Half a &lt;b&gt;" in page and page.count('name="step_what"') == 1 and "what you typed before" in page
    assert not FollowUp.objects.exists()


def test_it_refuses_a_file_that_is_too_large_by_its_name(alices, typed, settings):
    film = SimpleUploadedFile("film.mov", b"x" * (2**20 + 1))
    settings.CONFIG = replace(settings.CONFIG, attachment_mb=1)
    page = alices.post(NEW, typed(files=[film]))
    assert page.status_code == 422 and "film.mov is larger than 1 MB" in page.content.decode()


def test_a_customer_out_of_sight_does_not_exist(client, acme, bob, typed):
    client.force_login(bob)
    assert client.get(f"{NEW}?account={acme.pk}").status_code == client.post(NEW, typed()).status_code == 404
    bob.role = Role.VIEWER
    bob.save()
    assert client.get(NEW).status_code == 404


def test_who_wrote_it_edits_it_and_a_colleague_does_not(client, alices, log, bob, charlie, acme, typed):
    assign([acme.pk], AssignmentRole.objects.get(key="csm"), bob, None)
    own, hers = log("Mine", actor=bob), log("Hers")
    client.force_login(bob)
    assert client.get(f"/work/follow-ups/{hers.pk}/edit/").status_code == 404
    assert ">Mine</textarea>" in client.get(f"/work/follow-ups/{own.pk}/edit/").content.decode()
    client.post(f"/work/follow-ups/{own.pk}/edit/", typed(notes="Mine, better"))
    own.refresh_from_db()
    assert (own.notes, own.edited_by) == ("Mine, better", bob)
    assert "Mine, better" in client.get(f"/work/follow-ups/{own.pk}/").content.decode()


def test_choices_are_those_in_sight(client, alices, acme, bob):
    Account.objects.create(external_id="bolt", name="Bolt")
    Contact.objects.create(account=acme, name="Ann", search_text="ann", created_at=NOW, changed_at=NOW)

    def offered(what, **query):
        return [each["label"] for each in client.get(f"/work/choices/{what}/", query).json()["choices"]]

    assert offered("accounts", q="O") == ["Bolt"]
    assert offered("people", q="a", account=acme.pk) == ["Ann", "Alice", "Bob"]  # bob@example.com
    assert offered("members", q="bo") == ["Bob"]
    client.force_login(bob)
    assert offered("accounts", q="O") == []
    assert client.get("/work/choices/people/", {"account": acme.pk}).status_code == 404
