import re

import pytest
from django.test import Client

from tenure.events.models import Source, WriteKey
from tests.events.views.conftest import toasts

BASE = "/settings/sources/"


@pytest.fixture
def source(house) -> Source:
    return house.source


def change(client: Client, source: Source, verb: str, **data: object):
    return client.post(f"{BASE}{source.pk}/{verb}/", data, follow=True)


def test_it_says_what_a_source_is_before_there_is_one(alices):
    assert "No source yet" in alices.get(BASE).content.decode()


def test_it_connects_a_source_and_waits_for_its_first_event(alices, alice):
    page = alices.post(f"{BASE}new/", {"name": " Web app "}, follow=True)

    source = Source.objects.get()
    key = source.keys.get()
    assert (source.name, source.created_by, key.created_by) == ("Web app", alice, alice)
    assert page.redirect_chain == [(f"{BASE}{source.pk}/", 302)]
    text = page.content.decode()
    assert "Waiting for your first event" in text
    assert text.count(key.key) > 3  # in the snippets and beside its button


@pytest.mark.parametrize(("name", "said"), [("", "1 to 120"), ("x" * 121, "1 to 120"), ("App", "named App already")])
def test_it_refuses_a_name(source, alices, name, said):
    assert said in toasts(alices.post(f"{BASE}new/", {"name": name}, follow=True))
    assert said in toasts(change(alices, Source.objects.create(name="Other"), "rename", name=name))
    assert set(Source.objects.values_list("name", flat=True)) == {"App", "Other"}


def test_it_turns_live_with_the_first_event(house, source, alices):
    waiting = alices.get(f"{BASE}{source.pk}/live/").content.decode()
    house.send({"event": "<b>Report</b>", "user": "ada", "account": "acme"}, {"event": "Report", "user": "ben"})
    live = alices.get(f"{BASE}{source.pk}/live/").content.decode()

    assert 'hx-trigger="every 2s"' in waiting
    assert 'hx-select="#latest-events"' in live
    assert "&lt;b&gt;Report&lt;/b&gt;" in live
    assert "acme" in live
    assert "not known yet" in live  # of ben's
    assert "Live" in alices.get(BASE).content.decode()


def test_it_renames(source, alices):
    assert "Renamed." in toasts(change(alices, source, "rename", name="Web"))
    source.refresh_from_db()
    assert source.name == "Web"


def test_it_rotates_and_revokes_keys(source, alices, alice):
    old = source.keys.get()
    assert "A new key is ready" in toasts(change(alices, source, "rotate"))
    new = source.keys.exclude(pk=old.pk).get()
    page = change(alices, source, "revoke", key=old.pk)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.revoked_by, new.revoked_at) == (alice, None)
    assert old.key not in page.content.decode()  # snippets show the one that works
    assert new.key in page.content.decode()
    assert "revoked already" in toasts(change(alices, source, "revoke", key=old.pk))


@pytest.mark.parametrize("key", ["", "x", "999999", "9" * 30])
def test_it_revokes_no_key_of_another_source(source, alices, key):
    assert change(alices, source, "revoke", key=key).status_code == 404
    other = WriteKey.objects.create(source=Source.objects.create(name="Other"), key="other_key")
    assert change(alices, source, "revoke", key=other.pk).status_code == 404
    assert not WriteKey.objects.exclude(revoked_at=None).exists()


def test_it_archives_for_good(source, alices):
    page = change(alices, source, "archive")
    assert not source.keys.filter(revoked_at=None).exists()
    assert "Its keys are revoked; its events stay." in page.content.decode()
    assert "takes no events" in toasts(change(alices, source, "rotate"))
    Source.objects.create(name="Zoo")
    assert re.search(r"Zoo.*>\s*Archived\s*<", alices.get(BASE).content.decode(), re.DOTALL)


def test_it_says_how_accounts_are_named(source, alices):
    answer = change(alices, source, "attribution", account_properties="tenant, , org ", group_type=" team ")
    source.refresh_from_db()
    assert (source.account_properties, source.group_type) == (["tenant", "org"], "team")
    assert "from now on" in toasts(answer)


@pytest.mark.parametrize(
    "data", [{"account_properties": "x" * 201}, {"account_properties": "a," * 21}, {"group_type": "x" * 61}]
)
def test_it_refuses_an_attribution(source, alices, data):
    before = source.account_properties
    assert "at most" in toasts(change(alices, source, "attribution", **data))
    source.refresh_from_db()
    assert (source.account_properties, source.group_type) == (before, "")


def test_it_knows_no_other_verb_and_no_other_source(source, alices):
    assert change(alices, source, "explode").status_code == 404
    assert alices.get(f"{BASE}999/").status_code == 404
    assert alices.post(f"{BASE}999/rename/", {"name": "A"}).status_code == 404


def test_it_refuses_a_csm_a_stranger_a_missing_token_and_a_get(source, alice, bob):
    strict, bobs, nobody = Client(enforce_csrf_checks=True), Client(), Client()
    strict.force_login(alice)
    bobs.force_login(bob)
    for path in ("new/", f"{source.pk}/rename/", f"{source.pk}/archive/"):
        assert strict.post(BASE + path, {"name": "A"}).status_code == 403
        assert strict.get(BASE + path).status_code == 405
        assert bobs.post(BASE + path, {"name": "A"}).status_code == 404
        assert nobody.post(BASE + path, {"name": "A"}).url.startswith("/login/")
    for path in ("", f"{source.pk}/", f"{source.pk}/live/"):
        assert bobs.get(BASE + path).status_code == 404
        assert nobody.get(BASE + path).status_code == 302
    assert Source.objects.get().name == "App"
