from tenure.events.models.catalogue import EventClass, EventKind, EventProperty, EventType, Feature
from tenure.events.models.quarantine import QuarantinedItem
from tenure.events.models.source import Source, WriteKey

__all__ = [
    "EventClass",
    "EventKind",
    "EventProperty",
    "EventType",
    "Feature",
    "QuarantinedItem",
    "Source",
    "WriteKey",
]
