"""The demo's own people."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tenure.activity.models import Activity
from tenure.demo.people import COLLEAGUES, DEPARTMENTS, hire
from tenure.people.models import Department, Invitation, Member, Role
from tenure.people.scope import colleagues

LAST_DAY = date(2026, 11, 21)


@pytest.fixture
def hired(alice):
    hire(alice, LAST_DAY, ZoneInfo("Asia/Shanghai"), "demo-prism-2026")


def test_it_has_everybody_with_names_in_both_languages(hired):
    assert {member.role for member in Member.objects.all()} == set(Role)
    assert Member.objects.count() == len(COLLEAGUES) + 1
    assert Department.objects.count() == len(DEPARTMENTS)
    assert {member.language for member in Member.objects.exclude(language="")} == {"en", "zh-hans"}
    assert all(member.check_password("demo-prism-2026") for member in Member.objects.exclude(name="Alice")[:2])
    left = Member.objects.get(is_active=False)
    assert left.deactivated_at.date() == date(2026, 6, 4)
    assert Invitation.objects.get(accepted_at=None).name == "Nora Quist"


def test_its_leaders_see_those_below_them(hired):
    leader, csm = Member.objects.get(name="沈悦"), Member.objects.get(name="Hannah Lee")
    assert csm.pk in colleagues(leader)
    assert colleagues(Member.objects.get(name="Daniel Weber")) < colleagues(leader)
    assert colleagues(csm) == {csm.pk}


def test_it_happened_through_the_real_verbs_in_its_own_time(hired):
    joined = Activity.objects.filter(verb="member.joined")
    assert joined.count() == len(COLLEAGUES)
    assert (
        joined.earliest("at").at.date() == Member.objects.get(name="Priya Nair").joined_at.date() == date(2024, 10, 27)
    )


def test_done_again_it_changes_nothing(hired, alice):
    before = Activity.objects.count()
    hire(alice, LAST_DAY, ZoneInfo("Asia/Shanghai"), "demo-prism-2026")
    assert Activity.objects.count() == before
