"""Saving segments, changing them, and taking that back."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.models import Activity
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.conditions.document import to_document
from tenure.core.conditions.tree import Node
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.segments.jobs import rules_changed
from tenure.segments.models import Segment, Sharing, View

SAVED = verb("segment.saved", gettext_lazy("{by} saved the segment {subject}"), on_timeline=False)
CHANGED = verb("segment.changed", gettext_lazy("{by} changed the segment {subject}"), on_timeline=False)
PUT_BACK = verb("segment.put_back", gettext_lazy("{by} took back a change of the segment {subject}"), on_timeline=False)
ARCHIVED = verb("segment.archived", gettext_lazy("{by} archived the segment {subject}"), on_timeline=False)
RESTORED = verb("segment.restored", gettext_lazy("{by} brought the segment {subject} back"), on_timeline=False)

MOST_NAME, MOST_DESCRIPTION = 120, 1_000


class BadSegment(TenureError):
    """The segment cannot be saved so; the message says why."""


class ChangedAgain(BadSegment):
    """A change cannot be taken back: the segment was changed again since."""


@dataclass(frozen=True)
class Draft:
    """What a segment is to say."""

    name: str
    condition: Node
    description: str = ""
    sharing: Sharing = Sharing.PRIVATE


def save_segment(draft: Draft, *, actor: Member) -> Segment:
    """A new segment of the member's. Raises BadSegment."""
    now = clock.now()
    segment = Segment(owner=actor, created_at=now, changed_at=now)
    _fill(segment, draft, actor)
    with transaction.atomic():
        segment.save()
        rules_changed()
        record(SAVED, actor, subject=subject(segment), detail={"after": _says(segment)})
    return segment


def change_segment(segment: Segment, draft: Draft, *, actor: Member) -> Activity | None:
    """Makes it say something else; None when it does already. Raises BadSegment."""
    before = _says(segment)
    _fill(segment, draft, actor)
    if _says(segment) == before:
        return None
    segment.changed_at = clock.now()
    segment.version += segment.condition != before["condition"]
    with transaction.atomic():
        segment.save()
        rules_changed()
        return record(CHANGED, actor, subject=subject(segment), detail={"before": before, "after": _says(segment)})


def changes_by(member: Member) -> QuerySet[Activity]:
    """The changes of segments that the member made: each can be taken back by whoever may still change the segment."""
    return Activity.objects.filter(verb=CHANGED.name, actor=member)


def put_back(segment: Segment, change: Activity, *, actor: Member) -> None:
    """Takes back a change. Raises ChangedAgain, and BadSegment when it may not be shared so."""
    if _says(segment) != change.detail["after"]:
        raise ChangedAgain(_("The segment was changed again since. Nothing was taken back."))
    before = change.detail["before"]
    check_sharing(segment, Sharing(before["sharing"]), actor)
    segment.version += segment.condition != before["condition"]
    for name, value in before.items():
        setattr(segment, name, value)
    segment.changed_at = clock.now()
    with transaction.atomic():
        segment.save()
        rules_changed()
        record(PUT_BACK, actor, subject=subject(segment))


def archive_segment(segment: Segment, *, actor: Member) -> None:
    """Takes it out of lists and menus; addresses that name it still work."""
    segment.archived_at = clock.now()
    with transaction.atomic():
        segment.save(update_fields=["archived_at"])
        record(ARCHIVED, actor, subject=subject(segment))


def restore_segment(segment: Segment, *, actor: Member) -> None:
    """Puts it back into lists and menus."""
    segment.archived_at = None
    with transaction.atomic():
        segment.save(update_fields=["archived_at"])
        record(RESTORED, actor, subject=subject(segment))


def subject(segment: Segment) -> Subject:
    """As activities name it."""
    return Subject("segment", segment.pk, segment.name)


def _fill(segment: Segment, draft: Draft, actor: Member) -> None:
    name = " ".join(draft.name.replace("\0", "").split())
    if not 1 <= len(name) <= MOST_NAME:
        raise BadSegment(_("Give the segment a name of 1 to %(most)s characters.") % {"most": MOST_NAME})
    others = Segment.objects.filter(owner=segment.owner, archived_at=None).exclude(pk=segment.pk)
    if any(name.casefold() == other.casefold() for other in others.values_list("name", flat=True)):
        raise BadSegment(_("There is a segment of this name already. Choose another."))
    if len(draft.description) > MOST_DESCRIPTION:
        raise BadSegment(_("The description has more than %(most)s characters.") % {"most": MOST_DESCRIPTION})
    check_sharing(segment, draft.sharing, actor)
    segment.name, segment.description = name, draft.description.replace("\0", "").strip()
    segment.condition, segment.sharing = to_document(draft.condition), draft.sharing


def check_sharing(shared: Segment | View, sharing: Sharing, actor: Member) -> None:
    """With all, only who is allowed to; making what is another's private would take it away from oneself."""
    if sharing == shared.sharing:
        return
    if Sharing.ALL in (sharing, shared.sharing) and not allows(actor, Permission.SHARE_SEGMENTS):
        raise BadSegment(_("Only leaders and operators share with everybody, or end it."))
    if sharing == Sharing.PRIVATE and shared.owner_id != actor.pk:
        raise BadSegment(_("Only its owner can make it private."))


def _says(segment: Segment) -> dict[str, Any]:
    names = ("name", "description", "condition", "sharing")
    return {name: getattr(segment, name) for name in names}
