"""What a new event is taken to be."""

import pytest

from tenure.events.models import EventClass, EventType, Feature
from tenure.events.names import Names, default_class, feature_code


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("report viewed", "track", EventClass.VALUE),
        ("blogging started", "track", EventClass.VALUE),
        ("shopping list saved", "track", EventClass.VALUE),
        ("$autocapture", "track", EventClass.BASE),
        ("user login", "track", EventClass.BASE),
        ("Logged In", "track", EventClass.BASE),
        ("signed_out", "track", EventClass.BASE),
        ("page_view", "track", EventClass.BASE),
        ("heartbeat", "track", EventClass.BASE),
        ("$pageview", "page", EventClass.BASE),
        ("$screen", "screen", EventClass.BASE),
        ("$identify", "identify", EventClass.IGNORED),
        ("$groupidentify", "group", EventClass.IGNORED),
        ("$create_alias", "alias", EventClass.IGNORED),
        ("$profile_set", "profile", EventClass.IGNORED),
        ("$item_set", "item", EventClass.IGNORED),
    ],
)
def test_it_takes_what_people_do_for_value_and_being_there_for_base(name, kind, expected):
    assert default_class(name, kind) == expected


def test_it_codes_what_an_event_shows_use_of():
    feature = Feature(pk=3)
    assert feature_code(EventType(pk=7, event_class=EventClass.VALUE)) == -7
    assert feature_code(EventType(pk=7, event_class=EventClass.VALUE, feature=feature)) == 3
    assert feature_code(EventType(pk=7, event_class=EventClass.BASE)) == 0
    assert feature_code(EventType(pk=7, event_class=EventClass.IGNORED, feature=feature)) == 0


@pytest.mark.django_db
def test_it_admits_names_while_there_is_room():
    names = Names(most=2)
    names.admit({"b": "track", "a": "track", "c": "track"})
    assert sorted(names.ids) == ["a", "b"]
    names.admit({"d": "track"})
    assert set(EventType.objects.values_list("name", flat=True)) == {"a", "b"}
    assert set(Names().ids) == {"a", "b"}
