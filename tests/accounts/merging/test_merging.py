import pytest

from tenure.accounts.dimension import account_rows
from tenure.accounts.hierarchy import set_parent
from tenure.accounts.merging.members import first_day_of, members_of, survivor_of
from tenure.accounts.merging.preview import Choice, preview
from tenure.accounts.merging.verbs import AlreadyUndone, BadMerge, merge_accounts, undo_merge
from tenure.accounts.models import Account, AccountMerge, Fact
from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.jobs.models import Job
from tests.accounts.merging.conftest import DAY, group, use


def users(house, account: Account) -> int:
    return house.store.active_users(account.pk, [(DAY, DAY)])[0]


def test_it_says_what_would_come_together(two, acme, bolt):
    found = preview(bolt, acme, DAY, two.store)
    assert (found.events, found.users) == (3, 2)  # the group call is an event too
    assert (found.rows["fact"], found.rows["contact"], found.rows["assignment"]) == (3, 0, 0)
    assert found.choices == [Choice("name", "Acme", "Bolt"), Choice("plan", "pro", "free")]
    assert found.only_merged == {"city": "Rome"}


def test_it_counts_both_as_one_and_somebody_of_both_once(two, acme, bolt, alice):
    merge_accounts(bolt, acme, alice, two.store)
    assert users(two, acme) == 3
    assert two.store.opened_users(acme.pk, DAY) == 3
    assert users(two, bolt) == 0
    counts = [tuple(rest) for _, _, *rest in two.store.account_events(acme.pk, DAY, DAY)]
    assert sorted(counts) == [(2, 0), (4, 3)]
    assert {account for _, account, _ in two.events()} == {"acme"}


def test_it_takes_the_values_that_were_chosen(two, acme, bolt, alice):
    merge_accounts(bolt, acme, alice, two.store, take=["plan"])
    assert Account.objects.get(pk=acme.pk).traits == {"name": "Acme", "plan": "free", "seats": 10, "city": "Rome"}


def test_it_takes_it_back_as_if_nothing_had_been(two, acme, bolt, alice):
    before = list(Account.objects.order_by("pk").values())
    undo_merge(merge_accounts(bolt, acme, alice, two.store, take=["plan", "name"]), alice, two.store)
    assert list(Account.objects.order_by("pk").values()) == before
    assert (users(two, acme), users(two, bolt)) == (2, 2)
    assert sorted(account for _, account, _ in two.events()) == ["acme"] * 3 + ["bolt"] * 3


def test_it_gives_what_came_since_to_whom_it_belongs(two, acme, bolt, alice):
    merge = merge_accounts(bolt, acme, alice, two.store)
    two.send(use("bolt", "cora", 2), use("acme", "dan", 2), group("bolt", f"{DAY}T09:00:00Z", city="Bonn"))
    assert users(two, acme) == 5
    assert Account.objects.get(pk=acme.pk).traits["city"] == "Rome"
    undo_merge(merge, alice, two.store)
    assert (users(two, acme), users(two, bolt)) == (3, 3)
    assert "city" not in Account.objects.get(pk=acme.pk).traits
    assert Account.objects.get(pk=bolt.pk).traits["city"] == "Bonn"


def test_it_keeps_what_a_system_said_again_since(two, acme, bolt, alice):
    merge = merge_accounts(bolt, acme, alice, two.store, take=["plan"])
    two.send(group("acme", "2030-01-01T00:00:00Z", plan="free"))
    Fact.objects.filter(source="merge", field="plan").update(confirmed_at="2030-01-01T00:00Z")
    undo_merge(merge, alice, two.store)
    later = Fact.objects.filter(account=acme, field="plan", value="free", corrections=None, withdrawal=False)
    assert later.exists()


def test_it_follows_a_chain_and_undoes_its_middle(two, acme, bolt, alice):
    two.send(use("cole", "eve", 1))
    cole = Account.objects.get(external_id="cole")
    inner = merge_accounts(cole, bolt, alice, two.store)
    merge_accounts(bolt, acme, alice, two.store)
    assert survivor_of(cole.pk) == acme.pk
    assert set(members_of(acme.pk)) == {acme.pk, bolt.pk, cole.pk}
    assert members_of(bolt.pk) == []
    assert users(two, acme) == 4
    undo_merge(inner, alice, two.store)
    assert (users(two, acme), users(two, cole)) == (3, 1)


def test_it_is_found_by_the_other_name_and_begins_with_the_earlier_day(two, acme, bolt, alice):
    first = DAY.replace(year=2025)
    two.send(use("bolt", "ben", 9, day=first))
    merge = merge_accounts(bolt, acme, alice, two.store)
    assert first_day_of(acme) == first
    [row] = [row for row in account_rows([acme.pk]) if row[0] == acme.pk]
    assert row[2:] == ("acme\nBolt\nbolt", first)
    undo_merge(merge, alice, two.store)
    [row] = account_rows([acme.pk])
    assert row[2:] == ("acme", DAY)


def test_it_refuses_what_makes_no_sense(two, acme, bolt, alice):
    with pytest.raises(BadMerge, match="into itself"):
        merge_accounts(acme, acme, alice, two.store)
    set_parent(acme, bolt, alice)
    with pytest.raises(BadMerge, match="the other way round"):
        merge_accounts(bolt, acme, alice, two.store)
    merge = merge_accounts(acme, bolt, alice, two.store)
    with pytest.raises(BadMerge, match="already"):
        merge_accounts(bolt, acme, alice, two.store)
    undo_merge(merge, alice, two.store)
    with pytest.raises(AlreadyUndone):
        undo_merge(merge, alice, two.store)


def test_it_leaves_one_activity_each_and_has_the_days_closed_again(two, acme, bolt, alice):
    Job.objects.all().delete()
    undo_merge(merge_accounts(bolt, acme, alice, two.store), alice, two.store)
    told = Activity.objects.filter(verb__startswith="account.").order_by("pk")
    assert [sentence(each) for each in told] == ["Alice merged Bolt into Acme", "Alice took Bolt out of Acme again"]
    assert {row.account_id for row in told[0].accounts.all()} == {acme.pk, bolt.pk}
    jobs = Job.objects.order_by("pk").values_list("kind", "payload")
    assert list(jobs) == [("recount_merged", {"spans": [[str(DAY), None]]})] * 2


def test_it_is_told_again_after_a_crash(two, acme, bolt, alice):
    AccountMerge.objects.create(merged=bolt, survivor=acme, merged_at="2026-03-03T00:00Z")
    Account.objects.filter(pk=bolt.pk).update(merged_into=acme)
    assert users(two, acme) == 2
    two.restart()
    two.send(use("acme", "ada", 7))
    assert users(two, acme) == 3
