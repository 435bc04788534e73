"""Fields of the customer that a follow-up set: taken back with it, unless somebody changed them since."""

from datetime import timedelta

from tenure.accounts.as_of import values_at
from tenure.accounts.fields.editing import correct_fact, set_fields
from tenure.accounts.fields.undoing import undo
from tenure.accounts.models import Fact, Field
from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.people.models import Role
from tenure.work.follow_ups import log_follow_up, remove_follow_up, restore_follow_up


def later():
    now = clock.now() + timedelta(minutes=1)
    clock.set_clock(lambda: now)


def held(account):
    account.refresh_from_db()
    return account.traits


def test_it_takes_back_what_it_set_in_one_activity_and_sets_it_again(acme, call, alice):
    set_fields([acme], {"tier": "C"}, alice)
    later()
    made = log_follow_up(acme, call(), actor=alice, fields={"tier": "A", "seats": 12})
    meanwhile = clock.now()
    later()
    taken = remove_follow_up(made, actor=alice)
    assert held(acme) == {"tier": "C"}
    assert (taken.back, taken.changed) == (("Seats bought", "Tier"), ())
    assert values_at(meanwhile, meanwhile) == {"tier": {acme.pk: "A"}, "seats": {acme.pk: 12}}
    later()
    assert restore_follow_up(made, actor=alice).back == taken.back
    assert held(acme) == {"tier": "A", "seats": 12}
    later()
    remove_follow_up(made, actor=alice)
    assert held(acme) == {"tier": "C"}
    assert Activity.objects.count() == 5


def test_what_somebody_changed_since_stays(acme, call, alice, bob):
    made = log_follow_up(acme, call(), actor=alice, fields={"tier": "A", "seats": 12, "plan": "pro"})
    later()
    set_fields([acme], {"tier": "B"}, bob)
    correct_fact(Fact.objects.get(field="plan"), "team", bob)
    taken = remove_follow_up(made, actor=alice)
    assert held(acme) == {"tier": "B", "plan": "team"}
    assert (taken.back, taken.changed) == (("Seats bought",), ("Plan", "Tier"))
    assert restore_follow_up(made, actor=alice).changed == ()
    assert held(acme) == {"tier": "B", "plan": "team", "seats": 12}


def test_a_change_of_somebody_else_that_was_taken_back_itself_is_none(acme, call, alice, bob):
    made = log_follow_up(acme, call(), actor=alice, fields={"tier": "A"})
    later()
    undo(set_fields([acme], {"tier": "B"}, bob), bob)
    remove_follow_up(made, actor=alice)
    assert held(acme) == {}


def test_it_leaves_fields_that_are_not_the_actors_to_write_any_more(acme, call, bob):
    made = log_follow_up(acme, call(), actor=bob, fields={"tier": "A", "seats": 12, "plan": "pro"})
    Field.objects.filter(key="tier").update(synced_from="CRM")
    Field.objects.filter(key="seats").update(editors=[Role.ADMIN])
    taken = remove_follow_up(made, actor=bob)
    assert (taken.back, taken.locked) == (("Plan",), ("Seats bought", "Tier"))
    assert held(acme) == {"tier": "A", "seats": 12}


def test_two_of_the_same_instant_are_taken_back_one_after_the_other(acme, call, alice):
    first = log_follow_up(acme, call(), actor=alice, fields={"tier": "A"})
    second = log_follow_up(acme, call(), actor=alice, fields={"tier": "B"})
    assert remove_follow_up(first, actor=alice).changed == ("Tier",)
    remove_follow_up(second, actor=alice)
    assert held(acme) == {"tier": "A"}
