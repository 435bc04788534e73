"""The permissions page prints the one matrix, and nothing else."""

from pathlib import Path

import pytest

from tenure.people.models import Role
from tenure.people.permissions import MATRIX, Permission
from tenure.people.scope import BY_ROLE

PAGE = (Path(__file__).parents[2] / "docs/operating/permissions.md").read_text()
TABLE = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line[:1] == "|"]


def test_it_has_a_column_for_every_role():
    assert TABLE[0] == ["permission", *Role.values, "what it allows"]


@pytest.mark.parametrize("permission", Permission)
def test_it_says_who_holds_each_permission(permission):
    (row,) = [row for row in TABLE if row[0] == permission.value]
    assert row[1:-1] == ["yes" if role in MATRIX[permission] else "–" for role in Role]
    assert row[-1]


def test_it_names_no_permission_that_is_none():
    names = {row[0] for row in TABLE if len(row) == len(Role) + 2}
    assert names - {"permission", "---"} == set(Permission)


def test_it_says_what_each_role_sees():
    said = {"own": "own accounts", "team": "those of their department", "all": "all accounts"}
    said["tree"] = "those of their department and of all below it"
    rows = {row[0]: row[1] for row in TABLE if len(row) == 2}
    assert {role.value: said[BY_ROLE[role]] for role in Role}.items() <= rows.items()
