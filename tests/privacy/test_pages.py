"""Personal data on the page of a user and of a contact."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tenure.accounts.models import Contact, Identity, User
from tenure.activity.models import Activity
from tests.privacy.conftest import TRACES


@pytest.fixture
def browser(alice):
    client = Client()
    client.force_login(alice)
    return client


def test_it_hands_out_everything_held_about_a_user(house, ada, contact, browser):
    answer = browser.get(reverse("privacy:export_user", args=[ada.pk]))
    text = b"".join(answer.streaming_content).decode()
    found = json.loads(text)
    assert all(trace in text for trace in TRACES)
    assert [each["event"] for each in found["events"]].count("save") == 1
    assert found["belonged_to"][0]["account"] == "alder"
    assert [each["field"] for each in found["facts"]] == ["owner"]
    assert len(found["follow_ups"]) == 1
    assert [(each["kind"], each["id"]) for each in found["records"]] == [("ticket", "T1")]
    assert len(found["contacts"]) == 1
    [told] = Activity.objects.filter(verb="privacy.exported")
    assert "Ada" not in f"{told.subject_name}{told.detail}"


def test_it_hands_out_everything_held_about_a_contact(house, contact, browser):
    answer = browser.get(reverse("privacy:export_contact", args=[contact.pk]))
    found = json.loads(b"".join(answer.streaming_content))
    assert found["contacts"][0]["phones"] == ["+44 20 7946 0958"]
    assert found["follow_ups"][0]["next_steps"] == ["Send it to ada lovelace"]
    assert found["events"] == []


def test_it_erases_only_when_the_word_was_typed(house, ada, contact, browser):
    address = reverse("privacy:erase_user", args=[ada.pk])
    browser.post(address, {"word": "yes"})
    assert User.objects.get(pk=ada.pk).name == "Ada Lovelace"
    browser.post(address, {"word": "Erase", "also": "1"})
    assert not Identity.objects.filter(external_id="ada-login").exists()
    assert Contact.objects.get().name == ""


def test_it_shows_a_user_with_what_erasing_means(house, ada, browser):
    shown = browser.get(reverse("customers:user", args=[ada.pk])).content.decode()
    assert "ada-browser" in shown and "mauve" in shown and "It cannot be undone" in shown
    erased = browser.post(reverse("privacy:erase_contact", args=[99]), {"word": "erase"})
    assert erased.status_code == 404
