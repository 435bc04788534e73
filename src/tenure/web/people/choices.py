"""What the forms about members offer."""

from django.utils.translation import gettext as _

from tenure.people.access import departments_for
from tenure.people.models import Department, Member, Role, Scope
from tenure.people.permissions import Permission, allows
from tenure.people.scope import BY_ROLE


def roles_for(actor: Member) -> list[tuple[str, str]]:
    """The roles the actor may give."""
    owners = allows(actor, Permission.MANAGE_OWNERS)
    return [(role.value, str(role.label)) for role in Role if role != Role.OWNER or owners]


def scopes(role: Role | None = None) -> list[tuple[str, str]]:
    """Every scope, with that of the role first."""
    usual = _("As the role has it: %(scope)s") % {"scope": BY_ROLE[role].label} if role else _("As the role has it")
    return [("", usual), *((scope.value, str(scope.label)) for scope in Scope)]


def departments(actor: Member) -> list[tuple[str, str]]:
    """The departments in use, each with all above it: "Customer Success › SMB"."""
    found = {each.pk: each for each in departments_for(actor)}
    paths = sorted((_path(each, found), str(each.pk)) for each in found.values())
    return [("", "–"), *((key, path) for path, key in paths)]


def _path(department: Department, known: dict[int, Department]) -> str:
    names, each = [], department
    while True:
        names.append(each.name)
        if each.parent_id is None or each.parent_id not in known:
            return " › ".join(reversed(names))
        each = known[each.parent_id]
