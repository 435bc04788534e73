"""The tree of departments, changed only as it may be."""

import pytest

from tenure.activity.models import Activity
from tenure.people import departments
from tenure.people.departments import add_department, archive_department, move_department, rename_department
from tenure.people.invitations import invite, revoke
from tenure.people.models import Department, Role


def verbs() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


def test_it_builds_a_tree_and_writes_each_step_down(alice):
    success = add_department("Success", None, alice)
    east = add_department(" East ", success, alice)
    rename_department(east, "North", alice)
    move_department(east, None, alice)
    archive_department(east, alice)
    assert (east.name, east.parent, east.archived_at is not None) == ("North", None, True)
    assert verbs() == [f"department.{verb}" for verb in ("added", "added", "renamed", "moved", "archived")]


def test_it_changes_nothing_and_writes_nothing_when_it_is_so_already(alice):
    success = add_department("Success", None, alice)
    rename_department(success, "Success", alice)
    move_department(success, None, alice)
    archive_department(success, alice)
    archive_department(success, alice)
    assert verbs() == ["department.added", "department.archived"]


def test_it_never_makes_a_circle(alice):
    top = add_department("Top", None, alice)
    middle = add_department("Middle", top, alice)
    low = add_department("Low", middle, alice)
    for target in (top, middle, low):
        with pytest.raises(departments.DepartmentInItself):
            move_department(top, target, alice)
    assert Department.objects.get(name="Top").parent is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Success"])
def test_it_refuses_a_name_it_cannot_use(alice, name):
    add_department("Success", None, alice)
    with pytest.raises(departments.BadDepartmentName):
        add_department(name, None, alice)


def test_the_same_name_may_stand_elsewhere_and_where_one_was_archived(alice):
    first, second = (add_department(name, None, alice) for name in ("First", "Second"))
    east = add_department("East", first, alice)
    add_department("East", second, alice)
    archive_department(east, alice)
    add_department("East", first, alice)
    with pytest.raises(departments.BadDepartmentName):
        move_department(Department.objects.get(name="East", parent=second), first, alice)


def test_it_archives_only_what_nobody_needs(alice, bob):
    success = add_department("Success", None, alice)
    east = add_department("East", success, alice)
    invitation = invite("eve@example.com", role=Role.CSM, department=east, actor=alice)
    for busy in (success, east):
        with pytest.raises(departments.DepartmentInUse):
            archive_department(busy, alice)
    revoke(invitation, alice)
    bob.department = east
    bob.save()
    with pytest.raises(departments.DepartmentInUse):
        archive_department(east, alice)
    bob.is_active = False
    bob.save()
    archive_department(east, alice)
    bob.refresh_from_db()
    assert bob.department is None


def test_nothing_is_put_below_an_archived_one(alice):
    success, gone = (add_department(name, None, alice) for name in ("Success", "Gone"))
    archive_department(gone, alice)
    with pytest.raises(departments.DepartmentArchived):
        move_department(success, gone, alice)
    with pytest.raises(departments.DepartmentArchived):
        add_department("Below", gone, alice)
