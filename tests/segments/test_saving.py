"""Saving, changing and archiving segments, who sees them, and what is refused."""

import pytest

from tenure.activity.models import Activity
from tenure.core.conditions.tree import EVERYONE, Comparison, Leaf, Not
from tenure.people.models import Department, Member, Role
from tenure.segments.access import changeable_segments, segments_for, segments_in_use
from tenure.segments.models import Sharing
from tenure.segments.saving import (
    BadSegment,
    Draft,
    archive_segment,
    change_segment,
    put_back,
    restore_segment,
    save_segment,
)

KNOWN = Leaf("health.score", Comparison.KNOWN)


@pytest.fixture
def dora(bob) -> Member:
    """Of bob's department, a csm like him."""
    bob.department = Department.objects.create(name="East")
    bob.save()
    return Member.objects.create_user("dora@example.com", name="Dora", role=Role.CSM, department=bob.department)


def test_it_keeps_the_condition_as_a_document_and_says_who_saved_it(bob):
    segment = save_segment(Draft("  Known \n scores ", KNOWN, "For reviews"), actor=bob)

    assert segment.name == "Known scores"
    assert segment.condition == {"version": 1, "field": "health.score", "comparison": "known"}
    assert [(each.verb, each.by, each.subject_name) for each in Activity.objects.all()] == [
        ("segment.saved", "Bob", "Known scores")
    ]


def test_it_takes_a_change_back_unless_it_was_changed_again(bob):
    segment = save_segment(Draft("Known", KNOWN), actor=bob)
    first = change_segment(segment, Draft("Unknown", Not(KNOWN)), actor=bob)
    put_back(segment, first, actor=bob)
    segment.refresh_from_db()
    assert (segment.name, segment.condition["field"]) == ("Known", "health.score")

    second = change_segment(segment, Draft("Unknown", Not(KNOWN)), actor=bob)
    change_segment(segment, Draft("All", EVERYONE), actor=bob)
    with pytest.raises(BadSegment, match="changed again"):
        put_back(segment, second, actor=bob)
    assert change_segment(segment, Draft("All", EVERYONE), actor=bob) is None


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(" ", EVERYONE), "a name"),
        (Draft("x" * 121, EVERYONE), "a name"),
        (Draft("TAKEN", EVERYONE), "already"),
        (Draft("Long", EVERYONE, "x" * 1_001), "description"),
        (Draft("For all", EVERYONE, sharing=Sharing.ALL), "leaders"),
    ],
)
def test_it_refuses_what_cannot_be_saved(bob, draft, said):
    save_segment(Draft("Taken", EVERYONE), actor=bob)

    with pytest.raises(BadSegment, match=said):
        save_segment(draft, actor=bob)
    assert bob.segments.count() == 1


def test_it_shows_private_ones_to_their_owner_and_a_teams_to_the_team(alice, bob, dora):
    stranger = Member.objects.create_user("eve@example.com", name="Eve", role=Role.CSM)
    save_segment(Draft("Own", EVERYONE), actor=bob)
    save_segment(Draft("Team", EVERYONE, sharing=Sharing.TEAM), actor=bob)
    save_segment(Draft("All", EVERYONE, sharing=Sharing.ALL), actor=alice)

    seen = {who: [str(each) for each in segments_in_use(who)] for who in (bob, dora, alice, stranger)}
    assert seen == {bob: ["All", "Own", "Team"], dora: ["All", "Team"], alice: ["All", "Team"], stranger: ["All"]}
    assert [str(each) for each in changeable_segments(bob)] == ["Own", "Team"]
    assert [str(each) for each in changeable_segments(dora)] == []
    assert {str(each) for each in changeable_segments(alice)} == {"All", "Team"}


def test_it_lets_nobody_take_what_is_shared_away_from_its_owner(alice, bob):
    segment = save_segment(Draft("Team", EVERYONE, sharing=Sharing.TEAM), actor=bob)

    with pytest.raises(BadSegment, match="owner"):
        change_segment(segment, Draft("Team", EVERYONE, sharing=Sharing.PRIVATE), actor=alice)


def test_it_takes_archived_ones_out_of_the_menus_only(bob):
    segment = save_segment(Draft("Known", KNOWN), actor=bob)
    archive_segment(segment, actor=bob)
    assert (segments_in_use(bob).count(), segments_for(bob).count()) == (0, 1)

    restore_segment(segment, actor=bob)
    assert segments_in_use(bob).count() == 1
    assert [each.verb for each in Activity.objects.order_by("pk")] == [
        "segment.saved",
        "segment.archived",
        "segment.restored",
    ]
