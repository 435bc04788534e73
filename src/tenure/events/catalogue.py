"""What is done with the event catalogue: say what events mean, and group them into features.

Each verb writes the change, tells the warehouse, and puts the work of computing past days again into the queue.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb, verb
from tenure.events.models import CatalogueChange, EventClass, EventType, Feature
from tenure.events.names import feature_code
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.bulk import update_rows
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.warehouse.store import Store

MARKED = verb(
    "events.marked",
    gettext_lazy("{by} marked {names} as {to}"),
    False,
    words={"to": lambda code: EventClass(code).label},
)
GROUPED = verb("events.grouped", gettext_lazy("{by} put {names} into the feature {subject}"), False)
UNGROUPED = verb("events.ungrouped", gettext_lazy("{by} took {names} out of their features"), False)
UNDONE = verb("catalogue.undone", gettext_lazy("{by} undid a change of the event catalogue"), False)
FEATURE_RENAMED = verb("feature.renamed", gettext_lazy("{by} renamed the feature {before} to {after}"), False)
FEATURE_DELETED = verb("feature.deleted", gettext_lazy("{by} deleted the feature {subject}"), False)

_MAX_FEATURE = 120
_MOST_NAMES = 10


class BadFeature(TenureError):
    """A feature's name cannot be used."""


class AlreadyUndone(TenureError):
    """The change of the catalogue was undone before."""


class UnknownEvent(TenureError):
    """No event of this name has arrived."""


def mark(events: Collection[EventType], event_class: EventClass, actor: Member, store: Store) -> CatalogueChange:
    """Says what the events count as; user counts of past days follow in the background."""
    changed = [event for event in events if event.event_class != event_class or event.marked_by_id is None]
    before = {event.pk: [event.event_class, event.marked_by_id, _text(event.marked_at)] for event in changed}
    for event in changed:
        event.event_class, event.marked_at, event.marked_by = event_class, clock.now(), actor
    with transaction.atomic():
        change = _note(CatalogueChange.Field.CLASS, event_class, before, actor)
        _save_classes(changed, actor)
        _record(MARKED, changed, actor, to=int(event_class))
    _tell(store, changed)
    return change


def group(events: Collection[EventType], name: str, actor: Member, store: Store) -> CatalogueChange:
    """Puts the events into the feature of this name, which is made when there is none. Raises BadFeature."""
    with transaction.atomic():
        feature, made = Feature.objects.get_or_create(name=_good_name(name), defaults={"created_by": actor})
        change = _put(events, feature, actor, made_feature=made)
        _record(GROUPED, events, actor, Subject("feature", feature.pk, feature.name))
    _tell(store, events)
    return change


def ungroup(events: Collection[EventType], actor: Member, store: Store) -> CatalogueChange:
    """Takes the events out of their features: each value event is a feature of its own again."""
    with transaction.atomic():
        change = _put(events, None, actor)
        _record(UNGROUPED, events, actor)
    _tell(store, events)
    return change


def undo(change: CatalogueChange, actor: Member, store: Store) -> None:
    """Puts back what the change found, but for events that were changed again since. Raises AlreadyUndone.

    A feature the change made goes away when nothing is left in it; one that was deleted since does not come back.
    """
    with transaction.atomic():
        open_changes = CatalogueChange.objects.filter(pk=change.pk, undone_at=None)
        if not open_changes.update(undone_at=clock.now(), undone_by=actor):
            raise AlreadyUndone(_("This was undone already."))
        put_back = _put_classes_back if change.field == CatalogueChange.Field.CLASS else _put_features_back
        events = put_back(change, {int(key): value for key, value in change.before.items()}, actor)
        record(UNDONE, actor, subject=Subject("catalogue change", change.pk, ""), detail={"count": len(events)})
    _tell(store, events)


def rename_feature(feature: Feature, name: str, actor: Member) -> None:
    """Raises BadFeature when the name is empty, too long or taken."""
    before, feature.name = feature.name, _good_name(name)
    try:
        with transaction.atomic():
            feature.save(update_fields=["name"])
            subject = Subject("feature", feature.pk, feature.name)
            record(FEATURE_RENAMED, actor, subject=subject, detail={"before": before, "after": feature.name})
    except IntegrityError:
        raise BadFeature(_("There is a feature named %(name)s already.") % {"name": feature.name}) from None


def delete_feature(feature: Feature, actor: Member, store: Store) -> None:
    """Deletes the group; its events stay, each a feature of its own."""
    events = list(feature.events.all())
    with transaction.atomic():
        _put(events, None, actor)
        record(FEATURE_DELETED, actor, subject=Subject("feature", feature.pk, feature.name))
        feature.delete()
    _tell(store, events)


def mark_by_name(name: str, event_class: str, actor: Member, store: Store) -> None:
    """As `mark`, for the event of this name; `event_class` is value, base or ignored. Raises UnknownEvent."""
    mark(_named([name]), EventClass[event_class.upper()], actor, store)


def group_by_name(feature: str, names: Sequence[str], actor: Member, store: Store) -> CatalogueChange:
    """As `group`, for the events of these names. Raises UnknownEvent, BadFeature."""
    return group(_named(names), feature, actor, store)


def _record(
    done: Verb, events: Collection[EventType], actor: Member, subject: Subject | None = None, **detail: object
) -> None:
    if not events:
        return
    names = [event.name for event in events]
    said = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    record(done, actor, subject=subject, detail={"names": said, "events": [event.pk for event in events], **detail})


def _named(names: Sequence[str]) -> list[EventType]:
    events = {event.name: event for event in EventType.objects.filter(name__in=names)}
    missing = [name for name in names if name not in events]
    if missing:
        raise UnknownEvent(_("No event named %(name)s has arrived.") % {"name": missing[0]})
    return [events[name] for name in names]


def _put(
    events: Collection[EventType], feature: Feature | None, actor: Member, *, made_feature: bool = False
) -> CatalogueChange:
    before = {event.pk: event.feature_id for event in events}
    for event in events:
        event.feature = feature
    _save_features(events, actor)
    return _note(CatalogueChange.Field.FEATURE, feature.pk if feature else None, before, actor, made_feature)


def _put_classes_back(change: CatalogueChange, before: Mapping[int, Any], actor: Member) -> list[EventType]:
    marked = EventType.objects.filter(pk__any_of=list(before), event_class=change.to or 0)
    events = list(marked.filter(marked_at__lte=change.created_at))
    for event in events:
        event.event_class, event.marked_by_id, marked_at = before[event.pk]
        event.marked_at = datetime.fromisoformat(marked_at) if marked_at else None
    _save_classes(events, actor)
    return events


def _put_features_back(change: CatalogueChange, before: Mapping[int, Any], actor: Member) -> list[EventType]:
    events = list(EventType.objects.filter(pk__any_of=list(before), feature=change.to))
    features = Feature.objects.in_bulk([key for key in before.values() if key is not None])
    for event in events:
        event.feature = features.get(before[event.pk])
    _save_features(events, actor)
    if change.made_feature:
        Feature.objects.filter(pk=change.to or 0, events=None).delete()
    return events


def _save_classes(events: Collection[EventType], actor: Member) -> None:
    update_rows(events, ["event_class", "marked_at", "marked_by"])
    enqueue("recount_users", key="recount_users", actor=actor)


def _save_features(events: Collection[EventType], actor: Member) -> None:
    update_rows(events, ["feature"])
    enqueue("close_history", key="close_history", actor=actor)


def _note(
    field: CatalogueChange.Field, to: int | None, before: Mapping[int, object], actor: Member, made: bool = False
) -> CatalogueChange:
    return CatalogueChange.objects.create(
        field=field, to=to, before=before, made_feature=made, created_at=clock.now(), created_by=actor
    )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _tell(store: Store, events: Collection[EventType]) -> None:
    store.set_events((event.pk, event.event_class, feature_code(event)) for event in events)


def _good_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _MAX_FEATURE:
        raise BadFeature(_("Give the feature a name of 1 to %(most)d characters.") % {"most": _MAX_FEATURE})
    return name
