"""Removing a follow-up and putting it back: what the toast says; and removing a file of one."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Field
from tenure.people.models import Role
from tenure.work.content import Content
from tenure.work.follow_ups import add_files, log_follow_up
from tenure.work.models import FollowUp, FollowUpType
from tests.web.work.conftest import NOW

BESIDE = {"HX-Request": "true"}


def test_it_tells_what_became_of_the_fields(alices, alice, bob, acme):
    content = Content(FollowUpType.objects.get(key="call"), NOW, "A call")
    made = log_follow_up(acme, content, actor=alice, fields={"tier": "A", "seats": 12, "plan": "pro"})
    set_fields([acme], {"tier": "B"}, bob)
    Field.objects.filter(key="plan").update(synced_from="Billing")
    removed = alices.post(f"/work/follow-ups/{made.pk}/removal/", headers=BESIDE)
    assert (
        "The follow-up is removed.\nAs before: Seats bought.\nChanged since, so it stays: Tier.\n"
        "Not yours to change, so it stays: Plan." in removed.content.decode()
    )
    assert "fields-changed" in removed["HX-Trigger"] and f"{made.pk}/restoration/" in removed.content.decode()
    back = alices.post(f"/work/follow-ups/{made.pk}/restoration/", headers=BESIDE)
    assert "The follow-up is back.\nSet again: Seats bought." in back.content.decode()


def test_without_fields_it_says_nothing_of_them(alices, log):
    made = log()
    removed = alices.post(f"/work/follow-ups/{made.pk}/removal/", headers=BESIDE)
    assert "<span>The follow-up is removed.</span>" in removed.content.decode()
    assert "fields-changed" not in removed["HX-Trigger"]


def test_a_file_is_removed_for_good_and_the_drawer_shows_the_rest(client, alices, bob, log):
    made = log()
    for name in ("offer.txt", "minutes.txt"):
        add_files(made, [SimpleUploadedFile(name, name.encode())], actor=made.created_by)
    offer = f"/work/attachments/{made.attachments.get(name='offer.txt').pk}/"
    removed = alices.post(f"{offer}removal/", headers=BESIDE)
    assert "offer.txt is removed." in removed.content.decode() and removed["HX-Trigger"] == "work-changed"
    assert f"{offer}removal/" not in removed.content.decode() and "minutes.txt</a>" in removed.content.decode()
    assert alices.get(offer).status_code == 404
    bob.role = Role.VIEWER
    bob.save()
    client.force_login(bob)
    assert client.post(f"/work/attachments/{made.attachments.get().pk}/removal/").status_code == 404


def test_only_who_removed_it_puts_it_back(client, alices, alice, bob, log):
    made = log()
    alices.post(f"/work/follow-ups/{made.pk}/removal/")
    bob.role = Role.ADMIN
    bob.save()
    client.force_login(bob)
    assert client.post(f"/work/follow-ups/{made.pk}/restoration/").status_code == 404
    assert client.get(f"/work/follow-ups/{made.pk}/").status_code == 404
    assert FollowUp.objects.get().removed_by == alice
