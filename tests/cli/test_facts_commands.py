"""tenure facts, tenure account."""

from datetime import UTC, datetime

import pytest

from tenure.accounts.facts import Said, record_facts
from tenure.accounts.fields.editing import correct_fact, set_fields
from tenure.accounts.models import Account, Fact
from tenure.cli.command import Context
from tenure.cli.commands import COMMANDS
from tenure.config import read
from tenure.lib import clock
from tenure.lib.instants import to_us

pytestmark = pytest.mark.django_db


def run(name, **options):
    return COMMANDS[name].run({"account": "acme", "as_of": None, "known_at": None, **options}, Context(read({}), print))


def at(month, day):
    return datetime(2026, month, day, 9, tzinfo=UTC)


@pytest.fixture
def acme(alice):
    account = Account.objects.create(external_id="acme", name="Acme")
    with clock.set_to(at(1, 5)):
        record_facts([Said(account.pk, to_us(at(1, 5)), {"quirk": 7})], "events:App", clock.now())
        set_fields([account], {"tier": "A"}, alice)
    with clock.set_to(at(3, 5)):
        correct_fact(Fact.objects.get(field="tier"), "B", alice)
    return account


def test_facts_are_read_as_of_a_day_and_as_known_on_a_day(acme):
    def tier(**options):
        return [(fact["value"], fact["by"]) for fact in run("facts", **options) if fact["field"] == "tier"]

    assert tier() == tier(as_of="2026-02-01") == [("B", "alice@example.com")]
    assert tier(as_of="2026-02-01", known_at="2026-02-01") == [("A", "alice@example.com")]
    assert tier(as_of="2026-01-04") == []


def test_an_account_is_shown_with_its_cards(acme):
    found = run("account")
    service = next(card for card in found["cards"] if card["card"] == "service")
    assert service["fields"] == [{"field": "tier", "name": "Tier", "value": "B", "text": "B"}]
    assert found["other"] == {"quirk": 7}
    assert "Tier: B" in COMMANDS["account"].show(found)
