"""tenure facts, tenure account."""

from datetime import UTC, datetime

import pytest

from tenure.accounts.assignments.verbs import assign, undo
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.fields.editing import correct_fact, set_fields
from tenure.accounts.models import Account, AssignmentRole, Fact
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


def test_an_account_is_shown_with_who_was_in_charge_as_known_on_a_day(acme, alice, bob):
    csm = AssignmentRole.objects.get(key="csm")
    with clock.set_to(at(2, 5)):
        assign([acme.pk], csm, alice, None)
    with clock.set_to(at(3, 5)):
        change = assign([acme.pk], csm, bob, alice)
    with clock.set_to(at(3, 7)):
        undo(change, alice)

    def csms(**options):
        return [each["member"] for each in run("account", **options)["in_charge"]]

    assert csms() == csms(as_of="2026-03-06") == ["alice@example.com"]
    assert csms(as_of="2026-03-06", known_at="2026-03-06") == ["bob@example.com"]
    assert csms(as_of="2026-02-04") == csms(known_at="2026-02-04") == []
    assert "CSM: alice@example.com" in COMMANDS["account"].show(run("account"))
