from tenure.events.models.catalogue import (
    CatalogueChange,
    EventClass,
    EventKind,
    EventProperty,
    EventType,
    Feature,
)
from tenure.events.models.quarantine import QuarantinedItem
from tenure.events.models.source import Source, WriteKey

__all__ = [
    "CatalogueChange",
    "EventClass",
    "EventKind",
    "EventProperty",
    "EventType",
    "Feature",
    "QuarantinedItem",
    "Source",
    "WriteKey",
]
