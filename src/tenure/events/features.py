"""Features: what value events are put together as."""

from tenure.events.models import EventClass, EventType


def features_of_events() -> dict[int, tuple[int, str]]:
    """event_id -> (feature code of warehouse.schema, name), of value events; one in no feature is its own feature."""
    events = EventType.objects.filter(event_class=EventClass.VALUE)
    return {
        pk: (-pk, name) if feature_id is None else (feature_id, feature)
        for pk, name, feature_id, feature in events.values_list("pk", "name", "feature_id", "feature__name")
    }
