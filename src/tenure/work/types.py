"""The types a follow-up can have: those every workspace begins with, and one's own."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.work.models import FollowUpType

ADDED = verb("follow_up_type.added", _("{by} added the follow-up type {subject}"), on_timeline=False)
RENAMED = verb("follow_up_type.renamed", _("{by} renamed a follow-up type: {before} → {after}"), on_timeline=False)
ARCHIVED = verb("follow_up_type.archived", _("{by} archived the follow-up type {subject}"), on_timeline=False)
RESTORED = verb("follow_up_type.restored", _("{by} brought the follow-up type {subject} back"), on_timeline=False)

BUILT_IN = (
    ("call", pgettext_lazy("follow-up", "Call"), "phone"),
    ("meeting", pgettext_lazy("follow-up", "Meeting"), "users"),
    ("visit", pgettext_lazy("follow-up", "Visit"), "map-pin"),
    ("message", pgettext_lazy("follow-up", "Message"), "message-circle"),
    ("email", pgettext_lazy("follow-up", "E-mail"), "mail"),
    ("training", pgettext_lazy("follow-up", "Training"), "school"),
)


class BadType(TenureError):
    """The type cannot be named so; the message says why."""


def install_types() -> None:
    """Adds the built-in types to a workspace that has none."""
    if FollowUpType.objects.exists():
        return
    FollowUpType.objects.bulk_create(
        FollowUpType(key=key, name=_english(name), icon=icon, position=position)
        for position, (key, name, icon) in enumerate(BUILT_IN)
    )


def types_in_use() -> QuerySet[FollowUpType]:
    """Those one can choose, in their order."""
    return FollowUpType.objects.filter(archived_at=None).order_by("position", "pk")


def add_type(names: Mapping[str, str], *, actor: Member) -> FollowUpType:
    """A type of one's own, at the end; `names` by language. Raises BadType."""
    kept = _checked(names, None)
    with transaction.atomic():
        last = FollowUpType.objects.aggregate(last=Max("position"))["last"]
        made = FollowUpType.objects.create(key="new", name=kept["en"], names=kept, position=(last or 0) + 1)
        made.key = f"type-{made.pk}"
        made.save(update_fields=["key"])
        record(ADDED, actor, subject=_subject(made))
    return made


def rename_type(type: FollowUpType, names: Mapping[str, str], *, actor: Member) -> None:
    """Gives it other names. Raises BadType."""
    kept = _checked(names, type)
    before = str(type)
    with transaction.atomic():
        type.name, type.names = kept["en"], kept
        type.save(update_fields=["name", "names"])
        record(RENAMED, actor, subject=_subject(type), detail={"before": before, "after": str(type)})


def archive_type(type: FollowUpType, *, actor: Member) -> None:
    """Takes it out of the choice; follow-ups keep it. Raises BadType for the last one."""
    with transaction.atomic():
        if not types_in_use().exclude(pk=type.pk).exists():
            raise BadType(_("One type has to stay."))
        type.archived_at = clock.now()
        type.save(update_fields=["archived_at"])
        record(ARCHIVED, actor, subject=_subject(type))


def restore_type(type: FollowUpType, *, actor: Member) -> None:
    """Puts it back into the choice."""
    with transaction.atomic():
        type.archived_at = None
        type.save(update_fields=["archived_at"])
        record(RESTORED, actor, subject=_subject(type))


def _checked(names: Mapping[str, str], own: FollowUpType | None) -> dict[str, str]:
    kept = {language: name.replace("\0", "").strip()[:60] for language, name in names.items() if name.strip()}
    if not kept.get("en"):
        raise BadType(_("Give the type a name."))
    for other in FollowUpType.objects.all():
        if other != own and kept["en"].casefold() == other.name.casefold():
            raise BadType(_("There is a type of this name already."))
    return kept


def _subject(type: FollowUpType) -> Subject:
    return Subject("follow_up_type", type.pk, str(type))


def _english(name: object) -> str:
    with override("en"):
        return str(name)
