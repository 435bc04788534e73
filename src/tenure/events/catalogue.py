"""What is done with the event catalogue: say what events mean, and group them into features.

Each verb writes the change, tells the warehouse, and puts the work of computing past days again into the queue.
"""

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenure.events.models import EventClass, EventType, Feature
from tenure.events.names import feature_code
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.bulk import update_rows
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.warehouse.store import Store

_MAX_FEATURE = 120


class BadFeature(TenureError):
    """A feature's name cannot be used."""


class UnknownEvent(TenureError):
    """No event of this name has arrived."""


def mark(events: Collection[EventType], event_class: EventClass, actor: Member, store: Store) -> None:
    """Says what the events count as; user counts of past days follow in the background."""
    changed = [event for event in events if event.event_class != event_class or event.marked_by_id is None]
    for event in changed:
        event.event_class, event.marked_at, event.marked_by = event_class, clock.now(), actor
    with transaction.atomic():
        update_rows(changed, ["event_class", "marked_at", "marked_by"])
        enqueue("recount_users", key="recount_users", actor=actor)
    _tell(store, changed)


def group(events: Collection[EventType], name: str, actor: Member, store: Store) -> Feature:
    """Puts the events into the feature of this name, which is made when there is none. Raises BadFeature."""
    with transaction.atomic():
        feature, _made = Feature.objects.get_or_create(name=_good_name(name), defaults={"created_by": actor})
        _put(events, feature, actor)
    _tell(store, events)
    return feature


def ungroup(events: Collection[EventType], actor: Member, store: Store) -> None:
    """Takes the events out of their features: each value event is a feature of its own again."""
    with transaction.atomic():
        _put(events, None, actor)
    _tell(store, events)


def rename_feature(feature: Feature, name: str, actor: Member) -> None:
    """Raises BadFeature when the name is empty, too long or taken."""
    feature.name = _good_name(name)
    try:
        with transaction.atomic():
            feature.save(update_fields=["name"])
    except IntegrityError:
        raise BadFeature(_("There is a feature named %(name)s already.") % {"name": feature.name}) from None


def delete_feature(feature: Feature, actor: Member, store: Store) -> None:
    """Deletes the group; its events stay, each a feature of its own."""
    events = list(feature.events.all())
    with transaction.atomic():
        _put(events, None, actor)
        feature.delete()
    _tell(store, events)


def mark_by_name(name: str, event_class: str, actor: Member, store: Store) -> None:
    """As `mark`, for the event of this name; `event_class` is value, base or ignored. Raises UnknownEvent."""
    mark(_named([name]), EventClass[event_class.upper()], actor, store)


def group_by_name(feature: str, names: Sequence[str], actor: Member, store: Store) -> Feature:
    """As `group`, for the events of these names. Raises UnknownEvent, BadFeature."""
    return group(_named(names), feature, actor, store)


def _named(names: Sequence[str]) -> list[EventType]:
    events = {event.name: event for event in EventType.objects.filter(name__in=names)}
    missing = [name for name in names if name not in events]
    if missing:
        raise UnknownEvent(_("No event named %(name)s has arrived.") % {"name": missing[0]})
    return [events[name] for name in names]


def _put(events: Collection[EventType], feature: Feature | None, actor: Member) -> None:
    for event in events:
        event.feature = feature
    update_rows(events, ["feature"])
    enqueue("close_history", key="close_history", actor=actor)


def _tell(store: Store, events: Collection[EventType]) -> None:
    store.set_events((event.pk, event.event_class, feature_code(event)) for event in events)


def _good_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _MAX_FEATURE:
        raise BadFeature(_("Give the feature a name of 1 to %(most)d characters.") % {"most": _MAX_FEATURE})
    return name
