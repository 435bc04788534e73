"""The demo's cards: filled for everybody as their story goes, once."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.as_of import end_of_day, values_at
from tenure.accounts.models import Account, Fact, Field
from tenure.activity.models import Activity
from tenure.demo.cards import fill_cards
from tenure.demo.company import SOURCE_NAME, customers

pytestmark = pytest.mark.django_db
LAST, ZONE = date(2026, 6, 30), ZoneInfo("UTC")


def test_it_fills_every_card_as_its_story_goes_and_only_once(alice):
    people = customers(LAST, 40)
    Account.objects.bulk_create(Account(external_id=each.id) for each in people)
    fill_cards(people, alice, LAST, ZONE)
    accounts = dict(Account.objects.values_list("external_id", "pk"))
    held = values_at(end_of_day(LAST, ZONE))
    assert held["company_size"].keys() == held["tier"].keys() == set(accounts.values())
    chances = {each.story.key: held["renewal_chance"].get(accounts[each.id]) for each in people}
    assert chances["steady"] == "high" and chances["churned"] == "low"
    assert Field.objects.get(key="plan").synced_from == SOURCE_NAME
    assert Fact.objects.filter(recorded_at__date__lt=LAST).exists()
    count = Activity.objects.count()
    fill_cards(people, alice, LAST, ZONE)
    assert Activity.objects.count() == count
