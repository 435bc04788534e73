"""Whose accounts a member may see."""

import pytest

from tenure.people.models import Department, Member, Role, Scope
from tenure.people.scope import colleagues, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    """Sales > East, and Support beside it, with a member or two each."""
    sales, support = (Department.objects.create(name=name) for name in ("Sales", "Support"))
    east = Department.objects.create(name="East", parent=sales)
    places = {"lee": sales, "eve": east, "ed": east, "sue": support, "solo": None}
    return {
        name: Member.objects.create_user(f"{name}@tenure.example", role=Role.CSM, department=department)
        for name, department in places.items()
    }


@pytest.mark.parametrize(
    ("name", "scope", "seen"),
    [
        ("lee", Scope.OWN, {"lee"}),
        ("lee", Scope.TEAM, {"lee"}),
        ("lee", Scope.TREE, {"lee", "eve", "ed"}),
        ("eve", Scope.TREE, {"eve", "ed"}),
        ("eve", Scope.TEAM, {"eve", "ed"}),
        ("sue", Scope.TREE, {"sue"}),
        ("solo", Scope.TREE, {"solo"}),
        ("solo", Scope.TEAM, {"solo"}),
        ("sue", Scope.ALL, None),
    ],
)
def test_it_follows_the_scope_and_the_tree(company, name, scope, seen):
    company[name].scope = scope
    found = colleagues(company[name])
    assert found == (None if seen is None else {company[each].pk for each in seen})


def test_an_empty_scope_is_that_of_the_role():
    assert scope_of(Member(role=Role.CSM)) == Scope.OWN
    assert scope_of(Member(role=Role.LEADER)) == Scope.TREE
    assert scope_of(Member(role=Role.LEADER, scope=Scope.OWN)) == Scope.OWN
