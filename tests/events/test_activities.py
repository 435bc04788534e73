"""What is done with sources and the catalogue leaves one activity each, and none when nothing changed."""

import pytest

from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.events import catalogue, sources
from tenure.events.models import EventClass, EventKind, EventType
from tenure.events.names import Names
from tests.events.conftest import house

__all__ = ["house"]


def told() -> list[str]:
    found = [sentence(each) for each in Activity.objects.order_by("pk")]
    Activity.objects.all().delete()
    return found


def test_it_tells_of_a_source_from_beginning_to_end(alice):
    source = sources.create_source("App", actor=alice)
    sources.rename(source, "Web app", actor=alice)
    sources.set_attribution(source, ["org"], "company", actor=alice)
    key = sources.rotate_key(source, actor=alice)
    sources.revoke_key(key, actor=alice)
    with pytest.raises(sources.BadKey):
        sources.revoke_key(key, actor=alice)
    sources.archive(source, actor=alice)
    sources.archive(source, actor=alice)
    assert told() == [
        "Alice connected the source App",
        "Alice renamed the source App to Web app",
        "Alice changed how Web app names its accounts",
        "Alice made a new write key of Web app",
        "Alice revoked a write key of Web app",
        "Alice archived the source Web app",
    ]


def test_it_tells_of_the_catalogue(house, alice):
    known = Names()
    known.admit({"Search": EventKind.TRACK, "Export": EventKind.TRACK})
    Activity.objects.all().delete()
    events = list(EventType.objects.filter(name__in=["Search", "Export"]).order_by("name"))
    change = catalogue.mark(events, EventClass.IGNORED, actor=alice, store=house.store)
    catalogue.mark(events, EventClass.IGNORED, actor=alice, store=house.store)
    catalogue.undo(change, actor=alice, store=house.store)
    grouped = catalogue.group(events, "Finding", actor=alice, store=house.store)
    feature = events[0].feature
    catalogue.rename_feature(feature, "Search", actor=alice)
    catalogue.ungroup(events[:1], actor=alice, store=house.store)
    catalogue.delete_feature(feature, actor=alice, store=house.store)
    assert grouped.before
    assert told() == [
        "Alice marked Export, Search as Ignored",
        "Alice undid a change of the event catalogue",
        "Alice put Export, Search into the feature Finding",
        "Alice renamed the feature Finding to Search",
        "Alice took Export out of their features",
        "Alice deleted the feature Search",
    ]
