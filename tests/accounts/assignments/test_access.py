"""Who sees which account: by who is in charge now and whose books one may see."""

import pytest

from tenure.accounts.access import accounts_for, successors_for, team_of, users_for, visible_account_ids
from tenure.accounts.assignments.verbs import assign, unassign
from tenure.accounts.models import Account, AssignmentRole, Identity, User, UserLink
from tenure.people.models import Department, Member, Role, Scope
from tests.accounts.assignments.conftest import NOW

ROLES = {
    "ada": Role.ADMIN,
    "lee": Role.LEADER,
    "ann": Role.CSM,
    "bo": Role.CSM,
    "eve": Role.LEADER,
    "cy": Role.CSM,
    "vi": Role.VIEWER,
    "con": Role.CONTRIBUTOR,
}
PLACES = {"lee": "Success", "ann": "East", "bo": "West", "eve": "Sales", "cy": "Sales"}


@pytest.fixture
def team(db) -> dict[str, Member]:
    """Success > East, West; Sales beside it."""
    success = Department.objects.create(name="Success")
    departments = {name: Department.objects.create(name=name, parent=success) for name in ("East", "West")}
    departments |= {"Success": success, "Sales": Department.objects.create(name="Sales")}
    return {
        name: Member.objects.create_user(
            f"{name}@x.example", role=role, department=departments.get(PLACES.get(name, ""))
        )
        for name, role in ROLES.items()
    }


@pytest.fixture
def books(team, csm) -> dict[str, Account]:
    """An account of each of ann, bo and cy, and one of nobody's; con is ann's analyst."""
    accounts = {name: Account.objects.create(external_id=name) for name in ("ann", "bo", "cy", "nobody")}
    for name in ("ann", "bo", "cy"):
        assign([accounts[name].pk], csm, team[name], None)
    assign([accounts["ann"].pk], AssignmentRole.objects.get(key="analyst"), team["con"], None)
    return accounts


def seen(member: Member) -> set[str]:
    names = set(accounts_for(member).values_list("external_id", flat=True))
    ids = visible_account_ids(member)
    everything = Account.objects.all() if ids is None else Account.objects.filter(pk__in=ids)
    assert names == set(everything.values_list("external_id", flat=True))
    return names


EVERYTHING = {"ann", "bo", "cy", "nobody"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ada", EVERYTHING),
        ("vi", EVERYTHING),
        ("lee", {"ann", "bo"}),
        ("ann", {"ann"}),
        ("bo", {"bo"}),
        ("eve", {"cy"}),
        ("con", {"ann"}),
    ],
)
def test_it_shows_the_books_of_those_one_may_see(team, books, name, found):
    assert seen(team[name]) == found


def test_a_scope_of_ones_own_counts_but_for_operators(team, books):
    for name in ("vi", "ada", "lee"):
        team[name].scope = Scope.OWN
    assert seen(team["vi"]) == set()
    assert seen(team["lee"]) == set()
    assert seen(team["ada"]) == EVERYTHING
    team["ann"].scope = Scope.ALL
    assert seen(team["ann"]) == EVERYTHING


def test_it_goes_with_the_assignment(team, books, csm):
    unassign([books["ann"].pk], csm, team["ann"], None)
    assert seen(team["ann"]) == set()
    assign([books["bo"].pk], csm, team["cy"], None)
    assert seen(team["bo"]) == set()
    assert seen(team["cy"]) == {"bo", "cy"}


def test_a_deactivated_member_sees_nothing(team, books):
    team["ann"].is_active = False
    assert seen(team["ann"]) == set()
    assert not users_for(team["ann"]).exists()
    assert visible_account_ids(team["ann"]) == frozenset()


def test_users_follow_their_accounts_and_strays_are_for_those_who_see_all(team, books):
    for name in (*books, "stray"):
        user = User.objects.create(name=name)
        identity = Identity.objects.create(external_id=name, home=user, user=user)
        if name in books:
            UserLink.objects.create(identity=identity, user=user, account=books[name], since=NOW)
    found = {name: set(users_for(team[name]).values_list("name", flat=True)) for name in ("ada", "lee", "ann")}
    assert found == {"ada": {*EVERYTHING, "stray"}, "lee": {"ann", "bo"}, "ann": {"ann"}}


def test_it_offers_successors_among_those_one_leads(team):
    team["bo"].is_active = False
    team["bo"].save()
    assert set(successors_for(team["lee"])) == {team["lee"], team["ann"]}
    assert not successors_for(team["ann"]).exists()
    assert team["vi"] not in successors_for(team["ada"])
    assert team_of(team["ada"]) is None
