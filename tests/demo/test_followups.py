from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.models import Account, Contact
from tenure.activity.models import AccountActivity, Activity
from tenure.demo.company import customers
from tenure.demo.followups import follow_up_customers
from tenure.work.models import FollowUp, NextStep

LAST = date(2026, 6, 30)


@pytest.fixture
def followed(alice):
    people = customers(LAST, 60)
    Account.objects.bulk_create(Account(external_id=each.id, name=each.name) for each in people)
    for account in Account.objects.all():
        at = f"{LAST}T00:00:00Z"
        Contact.objects.create(account=account, name=f"Contact of {account}", created_at=at, changed_at=at)
    follow_up_customers(people, LAST, ZoneInfo("UTC"), alice)
    return people


def test_it_leaves_what_the_verbs_would_have_left(followed, alice):
    kept = NextStep.objects.exclude(done_at=None).count()
    assert Activity.objects.filter(verb="followup.logged").count() == FollowUp.objects.count() > 500
    assert Activity.objects.filter(verb="promise.kept").count() == kept > 0
    assert AccountActivity.objects.count() == Activity.objects.count()
    first = FollowUp.objects.earliest("pk")
    assert first.participants.filter(ours=True).get().member == alice
    assert NextStep.objects.filter(done_at=None).exists()
    assert not FollowUp.objects.filter(notes__contains="{").exists()


def test_it_fits_the_story_and_the_language(followed):
    by_story = {each.id: each for each in followed}
    told = dict.fromkeys(("champion_left", "silent_decline"), False)
    for follow_up in FollowUp.objects.select_related("account"):
        customer = by_story[follow_up.account.external_id]
        assert follow_up.at.date() <= LAST
        assert any("\u4e00" <= char <= "\u9fff" for char in follow_up.notes) == (customer.country == "CN")
        if "champion" in follow_up.notes or "支持者" in follow_up.notes:
            assert customer.story.key == "champion_left"
            told["champion_left"] = True
        if "no answer" in follow_up.notes or "未果" in follow_up.notes:
            assert customer.story.key == "silent_decline"
            told["silent_decline"] = True
    assert all(told.values())


def test_it_does_nothing_twice(followed, alice):
    before = FollowUp.objects.count()
    follow_up_customers(followed, LAST, ZoneInfo("UTC"), alice)
    assert FollowUp.objects.count() == before
