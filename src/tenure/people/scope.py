"""Whose accounts a member may see, by their scope and the tree of departments."""

from collections import defaultdict
from typing import Final

from tenure.people.models import Department, Member, Role, Scope
from tenure.remembered.remember import remembered

#: The scope of a role where the member has none of their own.
BY_ROLE: Final = {
    Role.OWNER: Scope.ALL,
    Role.ADMIN: Scope.ALL,
    Role.LEADER: Scope.TREE,
    Role.CSM: Scope.OWN,
    Role.CONTRIBUTOR: Scope.OWN,
    Role.VIEWER: Scope.ALL,
}


def scope_of(member: Member) -> Scope:
    """The member's own scope, else that of their role."""
    return Scope(member.scope) if member.scope else BY_ROLE[Role(member.role)]


@remembered
def colleagues(member: Member) -> frozenset[int] | None:
    """The ids of the members whose accounts this one sees, themselves included; None for everybody.

    A member without a department has no team: they see their own accounts.
    """
    scope = scope_of(member)
    if scope == Scope.ALL:
        return None
    if scope == Scope.OWN or member.department_id is None:
        return frozenset({member.pk})
    departments = {member.department_id} if scope == Scope.TEAM else departments_below(member.department_id)
    ids = Member.objects.filter(department_id__in=departments).values_list("id", flat=True)
    return frozenset(ids) | {member.pk}


def departments_below(department_id: int) -> set[int]:
    """The ids of a department and all below it."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for key, parent in Department.objects.values_list("id", "parent_id"):
        children[parent].append(key)
    found: set[int] = set()
    waiting = [department_id]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children[key]
    return found
