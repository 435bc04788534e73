"""What is done with departments: add, rename, move, archive."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Department, Invitation, Member
from tenure.people.scope import departments_below

ADDED = verb("department.added", gettext_lazy("{by} added the department {subject}"), on_timeline=False)
RENAMED = verb("department.renamed", gettext_lazy("{by} renamed the department {before} to {after}"), on_timeline=False)
MOVED = verb(
    "department.moved", gettext_lazy("{by} moved the department {subject} from {before} to {after}"), on_timeline=False
)
ARCHIVED = verb("department.archived", gettext_lazy("{by} archived the department {subject}"), on_timeline=False)

_MAX_NAME = 120


class BadDepartmentName(TenureError):
    """A department's name is empty, too long, or taken where it stands."""


class DepartmentInItself(TenureError):
    """A department cannot be below itself."""


class DepartmentInUse(TenureError):
    """A department with members, open invitations or other departments in it cannot be archived."""


class DepartmentArchived(TenureError):
    """The department is archived: nothing is put there any more."""


def add_department(name: str, parent: Department | None, actor: Member | None) -> Department:
    """Raises BadDepartmentName, DepartmentArchived."""
    with transaction.atomic():
        _lock(parent)
        department = Department(name=_good_name(name), parent=parent)
        _save(department)
        record(ADDED, actor, subject=subject(department), detail={"parent": _name(parent)})
    return department


def rename_department(department: Department, name: str, actor: Member) -> None:
    """Raises BadDepartmentName."""
    with transaction.atomic():
        before, department.name = department.name, _good_name(name)
        if department.name == before:
            return
        _save(department, ["name"])
        record(RENAMED, actor, subject=subject(department), detail={"before": before, "after": department.name})


def move_department(department: Department, parent: Department | None, actor: Member) -> None:
    """Puts it, with all below it, under another one or to the top.

    Raises DepartmentInItself, DepartmentArchived, BadDepartmentName.
    """
    with transaction.atomic():
        _lock(parent)
        department.refresh_from_db()
        if parent is not None and parent.pk in departments_below(department.pk):
            raise DepartmentInItself(_("A department cannot stand below itself."))
        if department.parent_id == (parent.pk if parent else None):
            return
        before, department.parent = department.parent, parent
        _save(department, ["parent"])
        record(MOVED, actor, subject=subject(department), detail={"before": _name(before), "after": _name(parent)})


def archive_department(department: Department, actor: Member) -> None:
    """Takes an empty department out of use. Raises DepartmentInUse. People who have left do not keep it open."""
    with transaction.atomic():
        _lock(None)
        waiting = Invitation.objects.filter(department=department, accepted_at=None, revoked_at=None)
        if department.members.filter(is_active=True).exists() or waiting.exists():
            raise DepartmentInUse(_("People work there. Give them another department first."))
        if department.children.filter(archived_at=None).exists():
            raise DepartmentInUse(_("Other departments are below it. Move or archive them first."))
        department.members.update(department=None)
        if Department.objects.filter(pk=department.pk, archived_at=None).update(archived_at=clock.now()):
            record(ARCHIVED, actor, subject=subject(department))
    department.refresh_from_db()


def subject(department: Department) -> Subject:
    return Subject("department", department.pk, department.name)


def _lock(parent: Department | None) -> None:
    # Two moves at once could make a circle, each fine by itself: changes of the tree come one after the other.
    rows = {each.pk: each for each in Department.objects.select_for_update().order_by("pk")}
    if parent is not None and rows[parent.pk].archived_at is not None:
        raise DepartmentArchived(_("%(name)s is archived.") % {"name": parent.name})


def _save(department: Department, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            department.save(update_fields=fields)
    except IntegrityError:
        raise BadDepartmentName(
            _("There is a department named %(name)s there already.") % {"name": department.name}
        ) from None


def _good_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _MAX_NAME:
        raise BadDepartmentName(_("Give the department a name of 1 to %(most)d characters.") % {"most": _MAX_NAME})
    return name


def _name(department: Department | None) -> str:
    return department.name if department else ""
