import pytest

from tenure.accounts.hierarchy import BadParent, ancestors, children, groups, groups_of, set_parent, tree_below
from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.activity.telling import sentence


@pytest.fixture
def accounts(db) -> dict[str, Account]:
    """A group, two companies of it, a business line of one, and a stranger."""
    made = {name: Account.objects.create(external_id=name, name=name.title()) for name in "abcde"}
    for name, parent in (("b", "a"), ("c", "a"), ("d", "b")):
        set_parent(made[name], made[parent], None)
    return {name: Account.objects.get(pk=account.pk) for name, account in made.items()}


def test_it_knows_what_is_above_and_below(accounts):
    assert [each.name for each in ancestors(accounts["d"])] == ["B", "A"]
    assert [each.name for each in children(accounts["a"].pk)] == ["B", "C"]
    assert set(tree_below(accounts["a"].pk)) == {accounts[name].pk for name in "abcd"}
    assert [each.name for each in groups()] == ["A"]
    assert {key: top.name for key, top in groups_of([accounts[n].pk for n in "ade"]).items()} == {accounts["d"].pk: "A"}


def test_it_says_what_it_did_once(accounts, alice):
    Activity.objects.all().delete()
    assert set_parent(accounts["e"], accounts["c"], alice)
    assert not set_parent(accounts["e"], accounts["c"], alice)
    assert set_parent(accounts["e"], None, alice)
    told = Activity.objects.order_by("pk")
    assert [sentence(each) for each in told] == ["Alice put E under C", "Alice took E out of C"]
    assert {row.account_id for row in told[0].accounts.all()} == {accounts["e"].pk, accounts["c"].pk}


@pytest.mark.parametrize(("account", "parent"), [("a", "a"), ("a", "d"), ("b", "d")])
def test_it_refuses_a_circle(accounts, account, parent):
    with pytest.raises(BadParent, match="itself or below it"):
        set_parent(accounts[account], accounts[parent], None)


def test_it_refuses_a_sixth_level(accounts):
    for n in range(2):
        below = Account.objects.create(external_id=f"line-{n}")
        set_parent(below, Account.objects.order_by("-pk")[1] if n else accounts["d"], None)
    deepest = Account.objects.get(external_id="line-1")
    assert len(ancestors(deepest)) == 4
    with pytest.raises(BadParent, match="more than 5 levels"):
        set_parent(accounts["e"], deepest, None)
    with pytest.raises(BadParent, match="more than 5 levels"):
        set_parent(accounts["a"], accounts["e"], None)
