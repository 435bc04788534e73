"""The only way to a row of this slice: querysets by what a member may see."""

from django.db.models import QuerySet

from tenure.events.models import CatalogueChange, EventType, Feature, QuarantinedItem, Source
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows


def sources_for(member: Member) -> QuerySet[Source]:
    """The sources the member may manage."""
    return Source.objects.all() if allows(member, Permission.MANAGE_SOURCES) else Source.objects.none()


def event_types_for(member: Member) -> QuerySet[EventType]:
    """The events of the catalogue the member may manage."""
    return EventType.objects.all() if allows(member, Permission.MANAGE_CATALOGUE) else EventType.objects.none()


def features_for(member: Member) -> QuerySet[Feature]:
    """The features the member may manage."""
    return Feature.objects.all() if allows(member, Permission.MANAGE_CATALOGUE) else Feature.objects.none()


def catalogue_changes_for(member: Member) -> QuerySet[CatalogueChange]:
    """The changes of the catalogue the member may undo: their own."""
    allowed = allows(member, Permission.MANAGE_CATALOGUE)
    return CatalogueChange.objects.filter(created_by=member) if allowed else CatalogueChange.objects.none()


def quarantine_for(member: Member) -> QuerySet[QuarantinedItem]:
    """The refused items the member may see."""
    allowed = allows(member, Permission.SEE_QUARANTINE)
    return QuarantinedItem.objects.all() if allowed else QuarantinedItem.objects.none()
