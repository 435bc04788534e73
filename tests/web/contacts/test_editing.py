import re

import pytest

from tenure.accounts.models import Contact
from tenure.activity.models import Activity
from tenure.people.models import Member, Role

NEW = "/contacts/new/1/"
EVE = {"name": "Eve", "roles": ["champion"], "phones": "138 0013 8000", "user": "login-1-2"}


@pytest.fixture
def viewer(db) -> Member:
    return Member.objects.create_user("vera@example.com", "correct horse battery", name="Vera", role=Role.VIEWER)


def written() -> int:
    return Activity.objects.filter(verb__startswith="contact.").count()


def test_it_adds_one(alices, customers):
    assert 'name="roles"' in alices.get(NEW).content.decode()
    answer = alices.post(NEW, {**EVE, "next": "/customers/1/"}, follow=True)
    assert answer.redirect_chain == [("/customers/1/", 302)]
    assert "Eve was added." in answer.content.decode()
    found = Contact.objects.get()
    assert (found.name, found.roles, found.phones, found.user_id) == ("Eve", 2, ["138 0013 8000"], 102)


def test_it_keeps_what_was_typed_and_says_what_is_wrong(alices, customers):
    answer = alices.post(NEW, {"name": "Eve", "email": "eve@", "user": "login-9-1"}, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="eve@"' in shown
    assert "is no e-mail address" in shown
    assert "has no user with this id" in shown
    assert not Contact.objects.exists()


def test_it_warns_of_a_second_one_and_saves_all_the_same(alices, ada):
    twin = {"name": "Ada L.", "email": "ADA@alder.example"}
    answer = alices.post(NEW, twin)
    assert answer.status_code == 422
    assert "Save all the same" in answer.content.decode()
    alices.post(NEW, {**twin, "anyway": "1"})
    assert Contact.objects.count() == 2


def test_it_changes_one_and_shows_how_it_was(alices, ada):
    there = f"/contacts/{ada.pk}/"
    answer = alices.post(
        there, {"name": "Ada", "title": "CEO", "email": "ada@alder.example"}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Refresh"] == "true"
    shown = alices.get(there).content.decode()
    assert re.search(r"<b>Title</b>\s*CTO → CEO", shown)
    assert Contact.objects.get().user is None
    assert written() == 2


def test_it_notes_who_left_and_takes_it_back(alices, ada):
    answer = alices.post(f"/contacts/{ada.pk}/left/", {"day": "2026-06-01"}, follow=True).content.decode()
    undo = re.search(r'action="(/contacts/\d+/back/)"', answer)
    assert undo
    assert Contact.objects.get().left_on
    alices.post(undo[1])
    assert Contact.objects.get().left_on is None
    assert written() == 3


def test_it_removes_and_takes_it_back(alices, ada):
    answer = alices.post(f"/contacts/{ada.pk}/removal/", follow=True).content.decode()
    assert alices.get(f"/contacts/{ada.pk}/").status_code == 404
    undo = re.search(r'action="(/contacts/\d+/restoration/)"', answer)
    assert undo
    alices.post(undo[1])
    assert alices.get(f"/contacts/{ada.pk}/").status_code == 200


def test_it_moves_one(alices, ada):
    assert (
        "There is no customer"
        in alices.post(f"/contacts/{ada.pk}/account/", {"account": "nowhere"}, follow=True).content.decode()
    )
    alices.post(f"/contacts/{ada.pk}/account/", {"account": "acct-002"})
    assert Contact.objects.get().account_id == 2


def test_it_lets_a_viewer_read_only(client, viewer, ada):
    client.force_login(viewer)
    shown = client.get(f"/contacts/{ada.pk}/").content.decode()
    assert "ada@alder.example" in shown
    assert '<form method="post" action="/contacts' not in shown
    for path in (NEW, *(f"/contacts/{ada.pk}/{verb}/" for verb in ("left", "back", "removal", "account"))):
        assert client.post(path, {"name": "x", "account": "acct-002"}).status_code == 404
    client.post(f"/contacts/{ada.pk}/", {"name": "Hacked"})
    assert Contact.objects.get().name == "Ada"


def test_it_shows_nasty_text_as_text(alices, customers):
    alices.post(NEW, {"name": "<script>alert(1)</script>", "note": "=1+1"})
    for path in ("/contacts/", "/customers/1/contacts/", f"/contacts/{Contact.objects.get().pk}/"):
        assert "<script>alert" not in alices.get(path).content.decode()
