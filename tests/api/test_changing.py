"""Changing things once, and only as one has seen them."""

import json
from datetime import timedelta

import pytest

from tenure.accounts.models import Account, Contact
from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.people.models import KeptAnswer
from tenure.privacy.erasing import forget
from tenure.privacy.person import person_of_contact
from tests.api.asking import Program


@pytest.fixture
def acme(db) -> Account:
    return Account.objects.create(external_id="acme", name="Acme")


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def contact(acme: Account, **values: object) -> dict[str, object]:
    return {"account_id": acme.pk, "name": "Ada Lovelace", **values}


def test_it_does_once_what_is_sent_twice_with_one_key(program, acme):
    first = program.ask("POST", "contacts", contact(acme), idempotency_key="k-1")
    second = program.ask("POST", "contacts", contact(acme), idempotency_key="k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content and first["ETag"] == second["ETag"]
    assert second["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first
    assert Contact.objects.count() == 1 and Activity.objects.filter(verb="contact.added").count() == 1


def test_it_refuses_a_key_for_something_else_and_forgets_it_after_a_day(program, acme):
    program.ask("POST", "contacts", contact(acme), idempotency_key="k-1")
    other = program.ask("POST", "contacts", contact(acme, name="Grace Hopper"), idempotency_key="k-1")
    assert other.status_code == 422 and other.json()["error"]["code"] == "key_reused"
    KeptAnswer.objects.update(at=clock.now() - timedelta(hours=25))
    assert program.ask("POST", "contacts", contact(acme, name="Grace Hopper"), idempotency_key="k-1").status_code == 201


def test_it_keeps_no_refusal_under_a_key(program, acme):
    wrong = program.ask("POST", "contacts", contact(acme, email="nobody"), idempotency_key="k-1")
    assert wrong.status_code == 422 and wrong.json()["error"]["details"][0]["path"] == "email"
    assert not KeptAnswer.objects.exists() and not Contact.objects.exists()
    assert program.ask("POST", "contacts", contact(acme, email="a@b.co"), idempotency_key="k-1").status_code == 201


def test_a_key_is_one_programs_own(program, alice, acme):
    program.ask("POST", "contacts", contact(acme), idempotency_key="k-1")
    other = Program.of(alice, name="Other").ask("POST", "contacts", contact(acme), idempotency_key="k-1")
    assert other.status_code == 201 and Contact.objects.count() == 2


def test_erasing_somebody_lets_go_of_what_was_answered(program, acme):
    program.ask("POST", "contacts", contact(acme), idempotency_key="k-1")
    forget(person_of_contact(Contact.objects.get()), {acme.pk}, {})
    assert not KeptAnswer.objects.exists()


def test_it_answers_304_until_something_changed(program, acme):
    seen = program.get(f"accounts/{acme.pk}")
    again = program.get(f"accounts/{acme.pk}", if_none_match=seen["ETag"])
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == seen["ETag"]
    changed = program.ask("PATCH", f"accounts/{acme.pk}", {"fields": {"tier": "A"}})
    now = program.get(f"accounts/{acme.pk}", if_none_match=seen["ETag"])
    assert now.status_code == 200 and now["ETag"] == changed["ETag"] and now.json()["fields"] == {"tier": "A"}


def test_it_changes_only_what_was_seen(program, acme):
    path = f"accounts/{acme.pk}"
    seen = program.get(path)["ETag"]
    assert program.ask("PATCH", path, {"fields": {"tier": "A"}}, if_match=seen).status_code == 200
    late = program.ask("PATCH", path, {"fields": {"tier": "B"}}, if_match=seen)
    assert late.status_code == 412 and late.json()["error"]["code"] == "changed_meanwhile"
    assert json.loads(program.get(path).content)["fields"] == {"tier": "A"}
