"""The roles a member may be in charge as: four at first, more by the operators."""

import re

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import AssignmentRole
from tenure.activity.naming import said, told
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member

CHINESE = "zh-hans"
DEFAULTS = (
    ("csm", "CSM", "客户成功经理", False),
    ("sales", "Sales", "销售", False),
    ("analyst", "Analyst", "分析师", False),
    ("support", "Support", "技术支持", True),
)


_WORDS = {"subject": said, "before": said}
ADDED = verb("role.added", gettext_lazy("{by} added the role {subject}"), False, words=_WORDS)
RENAMED = verb("role.renamed", gettext_lazy("{by} renamed the role {before} to {subject}"), False, words=_WORDS)
ARCHIVED = verb("role.archived", gettext_lazy("{by} archived the role {subject}"), False, words=_WORDS)
RESTORED = verb("role.restored", gettext_lazy("{by} put the role {subject} back into use"), False, words=_WORDS)


class BadRole(TenureError):
    """A role cannot be as asked for; the message says why."""


def install_roles() -> None:
    """The roles of a fresh installation."""
    if not AssignmentRole.objects.exists():
        AssignmentRole.objects.bulk_create(
            AssignmentRole(key=key, name=name, names={CHINESE: chinese}, several=several, place=place)
            for place, (key, name, chinese, several) in enumerate(DEFAULTS)
        )


def add_role(name: str, chinese: str, actor: Member, *, several: bool = False) -> AssignmentRole:
    """Adds a role at the end. Raises BadRole for a name that is empty or taken."""
    with transaction.atomic():
        name, names = _named(name, chinese)
        last = AssignmentRole.objects.aggregate(last=Max("place"))["last"]
        place = 0 if last is None else last + 1
        role = AssignmentRole.objects.create(key=_key(name), name=name, names=names, several=several, place=place)
        record(ADDED, actor, subject=subject_of(role), detail={"subject": told([role])})
        return role


def rename_role(role: AssignmentRole, name: str, chinese: str, actor: Member) -> None:
    """Gives the role other names; its key stays. Raises BadRole."""
    with transaction.atomic():
        before = told([role])
        role.name, role.names = _named(name, chinese, besides=role)
        role.save(update_fields=["name", "names"])
        record(RENAMED, actor, subject=subject_of(role), detail={"before": before, "subject": told([role])})


def archive_role(role: AssignmentRole, actor: Member) -> None:
    """Takes the role out of use; who was in charge in it stays known. Raises BadRole for the last one."""
    with transaction.atomic():
        if not AssignmentRole.objects.filter(archived_at=None).exclude(pk=role.pk).exists():
            raise BadRole(_("The last role stays: customers need somebody in charge."))
        role.archived_at = clock.now()
        role.save(update_fields=["archived_at"])
        record(ARCHIVED, actor, subject=subject_of(role), detail={"subject": told([role])})


def restore_role(role: AssignmentRole, actor: Member) -> None:
    """Puts an archived role back into use."""
    with transaction.atomic():
        role.archived_at = None
        role.save(update_fields=["archived_at"])
        record(RESTORED, actor, subject=subject_of(role), detail={"subject": told([role])})


def _named(name: str, chinese: str, besides: AssignmentRole | None = None) -> tuple[str, dict[str, str]]:
    name, chinese = name.strip()[:60], chinese.strip()[:60]
    if not name:
        raise BadRole(_("A role needs a name."))
    others = AssignmentRole.objects.filter(name__iexact=name)
    if (others.exclude(pk=besides.pk) if besides else others).exists():
        raise BadRole(_("There is a role of this name already."))
    return name, {CHINESE: chinese} if chinese else {}


def _key(name: str) -> str:
    """A key made of the name, with a number where it is taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30] or "role"
    taken = set(AssignmentRole.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if key not in taken)


def subject_of(role: AssignmentRole) -> Subject:
    return Subject("role", role.pk, role.name)
