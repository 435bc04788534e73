"""What people write on cards: facts, one activity, and the way back."""

from datetime import UTC, datetime, timedelta

import pytest

from tenure.accounts.as_of import facts_at, values_at
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.fields import editing
from tenure.accounts.fields.typed import BadValue
from tenure.accounts.fields.undoing import AlreadyUndone, undo
from tenure.accounts.models import Account, Fact, Field
from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.people.models import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_nine():
    clock.set_clock(lambda: NOW)


@pytest.fixture
def acme():
    return Account.objects.create(external_id="acme")


def later(minutes=1):
    now = clock.now() + timedelta(minutes=minutes)
    clock.set_clock(lambda: now)


def held(account, key="willingness"):
    fact = facts_at(account.pk, clock.now()).get(key)
    return fact.value if fact else None


def test_it_writes_facts_and_one_activity_for_many_accounts(bob):
    accounts = [Account.objects.create(external_id=f"a{n}") for n in range(3)]
    activity = editing.set_fields(accounts, {"willingness": "low", "competitor": "Acme"}, bob)
    assert Activity.objects.count() == 1
    assert sentence(activity) == "Bob set Willingness to cooperate: Low, Other vendors in talks: Acme"
    for account in accounts:
        account.refresh_from_db()
        assert account.traits == {"willingness": "low", "competitor": "Acme"}
    assert {(fact.source, fact.actor) for fact in Fact.objects.all()} == {("person", bob)}
    assert editing.set_fields(accounts, {"willingness": "low"}, bob) is None


def test_it_undoes_the_whole_change_and_keeps_what_was_known(acme, bob):
    editing.set_fields([acme], {"willingness": "high"}, bob)
    later()
    change = editing.set_fields([acme], {"willingness": "low"}, bob)
    meanwhile = clock.now()
    later()
    undo(change, bob)
    assert held(acme) == "high"
    assert values_at(meanwhile, meanwhile) == {"willingness": {acme.pk: "low"}}
    with pytest.raises(AlreadyUndone):
        undo(change, bob)


def test_undoing_leaves_what_was_changed_since(acme, bob):
    change = editing.set_fields([acme], {"willingness": "low", "competitor": "Acme"}, bob)
    later()
    fact = Fact.objects.get(field="willingness")
    editing.correct_fact(fact, "medium", bob)
    undo(change, bob)
    assert (held(acme), held(acme, "competitor")) == ("medium", None)


def test_a_correction_of_the_past_tells_as_of_from_as_known_at(acme, bob):
    start = NOW - timedelta(days=90)
    editing.set_fields([acme], {"willingness": "high"}, bob, valid_from=start)
    before = clock.now()
    later()
    fact = Fact.objects.get()
    change = editing.correct_fact(fact, "low", bob)
    assert sentence(change, change.accounts.get().detail).startswith(
        "Bob corrected Willingness to cooperate: High → Low"
    )
    past = start + timedelta(days=1)
    assert values_at(past) == {"willingness": {acme.pk: "low"}}
    assert values_at(past, before) == {"willingness": {acme.pk: "high"}}
    with pytest.raises(editing.FactIsGone):
        editing.correct_fact(fact, "medium", bob)
    later()
    undo(change, bob)
    assert values_at(past) == {"willingness": {acme.pk: "high"}}


def test_a_withdrawn_fact_leaves_what_was_before(acme, bob):
    editing.set_fields([acme], {"willingness": "high"}, bob)
    later()
    editing.set_fields([acme], {"willingness": "low"}, bob)
    later()
    change = editing.withdraw_fact(Fact.objects.get(value="low"), bob)
    assert held(acme) == "high"
    undo(change, bob)
    assert held(acme) == "low"


def test_a_value_of_next_month_is_not_current_yet(acme, bob):
    editing.set_fields([acme], {"willingness": "low"}, bob, valid_from=NOW + timedelta(days=30))
    acme.refresh_from_db()
    assert acme.traits == {}
    assert values_at(NOW + timedelta(days=31)) == {"willingness": {acme.pk: "low"}}


def test_it_refuses_what_another_system_owns_and_roles_without_the_right(acme, alice, bob):
    Field.objects.filter(key="plan").update(synced_from="CRM")
    with pytest.raises(editing.FieldIsSynced, match="Plan comes from CRM"):
        editing.set_fields([acme], {"plan": "pro"}, alice)
    Field.objects.filter(key="tier").update(editors=[Role.OWNER])
    editing.set_fields([acme], {"tier": "A"}, alice)
    with pytest.raises(editing.MayNotEdit):
        editing.set_fields([acme], {"tier": "B", "willingness": "low"}, bob)
    with pytest.raises(editing.UnknownField):
        editing.set_fields([acme], {"nothing": 1}, bob)
    with pytest.raises(BadValue):
        editing.set_fields([acme], {"willingness": "huge"}, bob)
    assert Activity.objects.count() == Fact.objects.count() == 1


def test_a_source_that_says_a_withdrawn_value_again_does_not_bring_it_back(acme, bob):
    statement = Said(acme.pk, to_us(NOW), {"industry": "Food"})
    record_facts([statement], "events:App", NOW)
    editing.withdraw_fact(Fact.objects.get(), bob)
    record_facts([statement], "events:App", NOW + timedelta(hours=1))
    assert held(acme, "industry") is None
    record_facts([statement._replace(time_us=to_us(NOW) + 10)], "events:App", NOW + timedelta(hours=1))
    assert values_at(NOW + timedelta(hours=1)) == {"industry": {acme.pk: "Food"}}


def test_it_leaves_options_to_the_rule_that_writes_them(acme, alice):
    field = Field.objects.get(key="tags")
    field.options[0]["rule"] = {"version": 1, "condition": {"all": []}}  # reference
    field.options[1]["archived"] = True  # case_study
    field.save()
    with pytest.raises(BadValue, match="its rule writes it"):
        editing.set_fields([acme], {"tags": ["reference"]}, alice)
    with pytest.raises(BadValue, match="archived"):
        editing.set_fields([acme], {"tags": ["case_study"]}, alice)
    record_facts([Said(acme.pk, to_us(NOW), {"tags": ["reference", "case_study"]})], "rule", NOW)
    later()
    editing.set_fields([acme], {"tags": ["strategic", "case_study"]}, alice)
    assert held(acme, "tags") == ["reference", "case_study", "strategic"]
    later()
    editing.set_fields([acme], {"tags": None}, alice)
    assert held(acme, "tags") == ["reference"]
