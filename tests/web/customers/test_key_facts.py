"""What the header says of a customer beside health: tier and days, as of the day."""

from datetime import UTC, datetime, timedelta

import pytest

from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Account, Field
from tenure.lib import clock
from tenure.people.models import Role
from tests.web.customers.company import TODAY

PART = "/customers/3/key-facts/"


@pytest.fixture
def cedar(customers, alice):
    """Cedar Health: tier C since January; in June tier A, with a contract of 40 days more and one long begun."""
    account = Account.objects.get(pk=3)
    ends, began = TODAY + timedelta(days=40), TODAY - timedelta(days=325)
    for month, values in (
        (1, {"tier": "C", "plan": "team"}),
        (6, {"tier": "A", "contract_start": began.isoformat(), "contract_end": ends.isoformat()}),
    ):
        with clock.set_to(datetime(2026, month, 5, 9, tzinfo=UTC)):
            set_fields([account], values, alice)
    return account


def shown(response):
    facts = response.context["key_facts"]
    return {each.key: each.text for each in facts.header}, [each.key for each in facts.wanted]


def test_it_says_tier_and_days_as_of_the_day(alices, cedar):
    header, wanted = shown(alices.get(PART))
    assert list(header) == ["tier", "contract_start", "contract_end"]
    assert header["tier"] == "A"
    assert wanted == []
    page = alices.get(PART).content.decode()
    assert "in 40 days" in page
    assert page.count("cust-near") == 1  # the begin lies far back: its day is enough

    assert shown(alices.get(f"{PART}?day=2026-05-01")) == ({"tier": "C"}, ["contract_end"])


def test_it_offers_what_is_missing_to_whoever_may_write_it(alices, alice, customers):
    assert shown(alices.get("/customers/4/key-facts/")) == ({}, ["tier", "contract_end"])
    tier = Field.objects.get(key="tier")
    assert f'href="#field-{tier.pk}"' in alices.get("/customers/4/key-facts/").content.decode()
    Field.objects.filter(key="tier").update(synced_from="CRM")
    assert shown(alices.get("/customers/4/key-facts/")) == ({}, ["contract_end"])
    alice.role = Role.VIEWER
    alice.save()
    assert shown(alices.get("/customers/4/key-facts/")) == ({}, [])


def test_a_field_that_came_as_something_else_is_shown_as_it_came(alices, cedar, alice):
    Field.objects.filter(key="contract_end").update(type="text")
    set_fields([cedar], {"contract_end": "with the next budget"}, alice)
    Field.objects.filter(key="contract_end").update(type="date")
    assert shown(alices.get(PART))[0]["contract_end"] == "with the next budget"
