from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.accounts.models import Contact
from tenure.activity.models import AccountActivity, Activity
from tenure.events.erasing import ERASED_TEXT
from tenure.people.models import Member, Role
from tenure.work.attachments import BadFile, content_path
from tenure.work.content import BadFollowUp, Step
from tenure.work.follow_ups import edit_follow_up, log_follow_up, remove_follow_up, restore_follow_up
from tenure.work.models import FollowUp, NextStep, Participant
from tests.work.conftest import NOW


def test_it_logs_with_people_promises_and_one_activity_at_the_time_it_happened(acme, call, alice, bob):
    ann = Contact.objects.create(account=acme, name="Ann", created_at=NOW, changed_at=NOW)
    at = NOW - timedelta(days=3)
    steps = (Step("Send the offer", date(2026, 7, 2)),)
    content = call("Ask @Bob about it", at=at, contact_ids=(ann.pk,), customer_names=("Kim",), next_steps=steps)
    made = log_follow_up(acme, content, actor=alice)

    assert [(each.name, each.ours) for each in made.participants.order_by("pk")] == [
        ("Alice", True),
        ("Ann", False),
        ("Kim", False),
    ]
    assert [each.member for each in made.mentions.all()] == [bob]
    assert [(each.what, each.owner) for each in NextStep.objects.all()] == [("Send the offer", alice)]
    activity = Activity.objects.get()
    assert (activity.verb, activity.at, activity.recorded_at, activity.text) == (
        "followup.logged",
        at,
        NOW,
        "Ask @Bob about it",
    )
    assert AccountActivity.objects.get().account == acme


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"at": NOW + timedelta(days=1)}, "at"),
        ({"notes": ""}, "notes"),
        ({"notes": "x" * 20_001}, "notes"),
        ({"duration_minutes": 0}, "duration"),
        ({"next_steps": (Step("", NOW.date()),)}, "next"),
    ],
)
def test_it_refuses_what_cannot_be(acme, call, alice, fields, problem):
    with pytest.raises(BadFollowUp) as refused:
        log_follow_up(acme, call(**fields), actor=alice)
    assert list(refused.value.problems) == [problem]
    assert not FollowUp.objects.exists() and not Activity.objects.exists()


def test_who_took_part_stays_as_they_were_called_whatever_became_of_them(acme, call, alice):
    ann, eve = (Contact.objects.create(account=acme, name=name, created_at=NOW, changed_at=NOW) for name in "AE")
    made = log_follow_up(acme, call(contact_ids=(ann.pk, eve.pk)), actor=alice)
    Participant.objects.create(follow_up=made, ours=True, name="Old hand")  # as a file tells of somebody unknown
    Contact.objects.filter(pk=ann.pk).update(name="Ann-Marie")
    Contact.objects.filter(pk=eve.pk).update(name="")  # erased
    Participant.objects.filter(contact=eve).update(name=ERASED_TEXT)
    again = call("Second words", contact_ids=(ann.pk, eve.pk))
    edit_follow_up(made, again, actor=alice)
    people = made.participants.order_by("-ours", "name").values_list("name", "ours")
    assert list(people) == [("Old hand", True), ("A", False), (ERASED_TEXT, False)]
    assert made.earlier_texts.get().fields.keys() >= {"notes", "people"}


def test_it_keeps_how_it_read_before_an_edit(acme, call, alice, bob):
    made = log_follow_up(acme, call("First words"), actor=alice)
    edit_follow_up(made, call("Second words", outcome="They stay"), actor=bob)

    made.refresh_from_db()
    assert (made.notes, made.edited_by, made.created_by) == ("Second words", bob, alice)
    earlier = made.earlier_texts.get()
    assert (earlier.fields["notes"], earlier.fields["outcome"]) == ("First words", "")
    assert "type" not in earlier.fields
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "followup.logged",
        "followup.edited",
    ]


def test_it_removes_and_restores(acme, call, alice):
    made = log_follow_up(acme, call(), actor=alice)
    remove_follow_up(made, actor=alice)
    assert FollowUp.objects.get().removed_by == alice
    restore_follow_up(made, actor=alice)
    assert FollowUp.objects.get().removed_at is None
    assert Activity.objects.count() == 3


def test_it_sets_fields_in_the_same_step_and_in_the_same_activity(acme, call, alice):
    from tenure.accounts.fields.defaults import install_cards
    from tenure.accounts.fields.reading import fields_by_key

    install_cards()
    field = next(each for each in fields_by_key().values() if each.type == "text" and not each.synced_from)
    log_follow_up(acme, call(), actor=alice, fields={field.key: "Berlin"})
    acme.refresh_from_db()
    assert acme.traits[field.key] == "Berlin"
    assert Activity.objects.get().verb == "followup.logged"
    assert AccountActivity.objects.get().detail["changes"][0]["after"] == "Berlin"


def test_it_keeps_a_file_by_its_content_and_sniffs_its_type(acme, call, alice):
    files = [
        SimpleUploadedFile("../offer.pdf", b"%PDF-1.7 text", "text/html"),
        SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html"),
    ]
    kept = list(log_follow_up(acme, call(), actor=alice, files=files).attachments.order_by("pk"))
    assert [(each.name, each.media_type) for each in kept] == [
        ("offer.pdf", "application/pdf"),
        ("page.html", "text/plain; charset=utf-8"),
    ]
    assert content_path(kept[0]).read_bytes() == b"%PDF-1.7 text"


def test_it_refuses_a_file_that_is_too_large(acme, call, alice):
    large = SimpleUploadedFile("film.mov", b"x")
    large.size = 10 * 2**20 + 1
    with pytest.raises(BadFile, match=r"film\.mov is larger than 10 MB"):
        log_follow_up(acme, call(), actor=alice, files=[large])
    assert not FollowUp.objects.exists()


def test_it_serves_a_file_as_a_download_to_those_who_see_the_account(client, acme, call, alice):
    made = log_follow_up(acme, call(), actor=alice, files=[SimpleUploadedFile("价格.html", b"<b>hi</b>")])
    address = f"/work/attachments/{made.attachments.get().pk}/"
    client.force_login(alice)
    response = client.get(address)
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("text/plain; charset=utf-8", "nosniff")
    assert b"".join(response.streaming_content) == b"<b>hi</b>"

    client.force_login(Member.objects.create_user("other@example.com", "correct horse battery", role=Role.CSM))
    assert client.get(address).status_code == 404
