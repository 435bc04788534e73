from datetime import date

import pytest
from django.utils import translation

from tenure.accounts.contacts.details import BadContact, Details, checked
from tenure.accounts.contacts.verbs import (
    add_contact,
    change_contact,
    history_of,
    mark_back,
    mark_left,
    move_contact,
    remove_contact,
    restore_contact,
)
from tenure.accounts.models import Contact, User
from tenure.activity.models import Activity
from tenure.activity.telling import sentence


def told() -> list[str]:
    with translation.override("en"):
        return [sentence(activity) for activity in Activity.objects.order_by("pk")]


def test_it_adds_one_and_says_who_did(ada, acme):
    [activity] = history_of(ada)
    assert told() == ["Alice added the contact Ada"]
    assert activity.detail["changes"]["email"] == ["", "ada@acme.example"]
    assert list(activity.accounts.values_list("account", flat=True)) == [acme.pk]


def test_it_keeps_what_stood_before_a_change(ada, bob):
    later = checked({"name": "Ada L.", "phones": "123456, 234567", "roles": "champion"})
    assert change_contact(ada, later, bob)
    latest = history_of(ada)[0]
    assert latest.detail["changes"] == {
        "name": ["Ada", "Ada L."],
        "phones": [["+44 20 7946 0958"], ["123456", "234567"]],
        "email": ["ada@acme.example", ""],
        "roles": [0, 2],
    }
    assert latest.actor == bob
    assert Details.of(Contact.objects.get()) == later


def test_it_writes_nothing_when_nothing_changes(ada, bob):
    assert not change_contact(ada, Details.of(ada), bob)
    mark_back(ada, bob)
    restore_contact(ada, bob)
    assert Activity.objects.count() == 1


def test_it_notes_who_left_and_who_came_back(ada, bob):
    mark_left(ada, date(2026, 3, 1), bob)
    assert Contact.objects.get().left_on == date(2026, 3, 1)
    mark_back(ada, bob)
    assert Contact.objects.get().left_on is None
    assert told()[1:] == [
        "Ada left the customer on 2026-03-01, noted by Bob",
        "Ada is back at the customer, noted by Bob",
    ]


def test_it_refuses_to_leave_before_they_joined(ada, bob):
    ada.joined_on = date(2026, 1, 1)
    with pytest.raises(BadContact, match="before they join"):
        mark_left(ada, date(2025, 12, 31), bob)
    assert Activity.objects.count() == 1


def test_it_removes_and_brings_back(ada, bob):
    remove_contact(ada, bob)
    remove_contact(ada, bob)
    assert Contact.objects.get().removed_at
    restore_contact(ada, bob)
    assert Contact.objects.get().removed_at is None
    assert told()[1:] == ["Bob removed the contact Ada", "Bob brought the contact Ada back"]


def test_it_moves_one_to_another_account_and_tells_both(house, alice):
    house.send({"type": "identify", "user": "ada", "account": "acme"}, {"type": "group", "account": "bolt"})
    from tenure.accounts.models import Account

    acme, bolt = Account.objects.order_by("external_id")
    contact = add_contact(acme, Details("Ada", user_id=User.objects.get().pk), alice)
    move_contact(contact, bolt, alice)
    move_contact(contact, bolt, alice)
    found = Contact.objects.get()
    assert (found.account, found.user) == (bolt, None)
    [latest, _] = history_of(contact)
    assert set(latest.accounts.values_list("account", flat=True)) == {acme.pk, bolt.pk}


def test_it_refuses_a_user_of_another_account(ada, house, bob):
    house.send({"type": "identify", "user": "eve", "account": "bolt"})
    details = Details("Ada", user_id=User.objects.get().pk)
    with pytest.raises(BadContact, match="does not belong"):
        change_contact(ada, details, bob)
    with pytest.raises(BadContact, match="does not belong"):
        add_contact(ada.account, details, bob)
