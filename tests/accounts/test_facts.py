"""Facts about accounts: kept as they change, read as of a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.as_of import end_of_day, values_at
from tenure.accounts.facts import Said, begin_facts, record_facts
from tenure.accounts.models import Account, Fact
from tenure.lib.instants import to_us

pytestmark = pytest.mark.django_db
UTC_ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def seats_on(day, zone=UTC_ZONE):
    return values_at(end_of_day(day, zone), fields=["seats"]).get("seats", {})


@pytest.fixture
def acme():
    return Account.objects.create(external_id="acme")


def say(account, day, **traits):
    time_us = to_us(datetime(2026, 3, day, 12, tzinfo=UTC))
    return record_facts([Said(account.pk, time_us, traits)], "events:App", NOW)


def test_it_records_a_fact_only_when_the_value_changes(acme):
    for day, seats in ((1, 10), (2, 10), (3, 12)):
        say(acme, day, seats=seats)
    facts = Fact.objects.order_by("valid_from")
    assert [(fact.value, fact.valid_from.day, fact.confirmed_at.day) for fact in facts] == [(10, 1, 2), (12, 3, 3)]
    assert {fact.source for fact in facts} == {"events:App"}


def test_it_projects_the_latest_value_whatever_came_last(acme):
    say(acme, 5, plan="pro", name="Acme Ltd")
    say(acme, 1, plan="free", name="Acme")
    acme.refresh_from_db()
    assert (acme.name, acme.traits) == ("Acme Ltd", {"plan": "pro", "name": "Acme Ltd"})


def test_it_tells_which_accounts_changed(acme):
    assert [account.pk for account in say(acme, 1, plan="pro")] == [acme.pk]
    assert say(acme, 2, plan="pro") == []


def test_it_reads_the_values_as_of_the_end_of_a_day(acme):
    other = Account.objects.create(external_id="bolt")
    say(acme, 1, seats=10)
    say(acme, 3, seats=12)
    say(other, 3, seats=5)
    assert seats_on(date(2026, 2, 28)) == {}
    assert seats_on(date(2026, 3, 1)) == {acme.pk: 10}
    assert seats_on(date(2026, 3, 3)) == {acme.pk: 12, other.pk: 5}


def test_it_ends_the_day_in_the_zone(acme):
    record_facts([Said(acme.pk, to_us(datetime(2026, 3, 1, 17, tzinfo=UTC)), {"seats": 1})], "x", NOW)
    assert seats_on(date(2026, 3, 1), ZoneInfo("Asia/Shanghai")) == {}
    assert seats_on(date(2026, 3, 2), ZoneInfo("Asia/Shanghai")) == {acme.pk: 1}


def test_it_forgets_a_value_that_was_taken_away(acme):
    say(acme, 1, seats=10)
    say(acme, 2, seats=None)
    acme.refresh_from_db()
    assert acme.traits == {}
    assert seats_on(date(2026, 3, 2)) == {}


def test_it_keeps_only_what_databases_take(acme):
    say(acme, 1, ok="a\0b", long="x" * 5000, **{"n" * 201: 1})
    acme.refresh_from_db()
    assert acme.traits == {"ok": "ab"}


def test_a_fact_of_a_later_time_is_not_current_before(acme):
    begins = NOW + timedelta(days=10)
    record_facts([Said(acme.pk, to_us(NOW), {"plan": "pro"}), Said(acme.pk, to_us(begins), {"plan": "max"})], "x", NOW)
    acme.refresh_from_db()
    assert (acme.traits, acme.next_fact_at) == ({"plan": "pro"}, begins)
    assert begin_facts(begins - timedelta(seconds=1)) == []
    assert [account.traits for account in begin_facts(begins)] == [{"plan": "max"}]
    acme.refresh_from_db()
    assert (acme.traits, acme.next_fact_at) == ({"plan": "max"}, None)


def test_it_names_the_source_of_a_value_that_is_back(acme):
    say(acme, 1, plan="pro")
    say(acme, 9, plan="pro")
    record_facts([Said(acme.pk, to_us(datetime(2026, 3, 4, tzinfo=UTC)), {"plan": "free"})], "late file", NOW)
    facts = Fact.objects.order_by("valid_from").values_list("value", "source")
    assert list(facts) == [("pro", "events:App"), ("free", "late file"), ("pro", "events:App")]
