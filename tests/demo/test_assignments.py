"""The demo's people in charge: everybody has somebody from the first day on, and hand-overs fit the stories."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.assignments.reading import book_of, names_in_charge
from tenure.accounts.models import Account, Assignment, AssignmentRole
from tenure.activity.models import Activity
from tenure.demo.assignments import assign_customers
from tenure.demo.company import customers
from tenure.demo.people import hire
from tenure.people.models import Member, Role

pytestmark = pytest.mark.django_db
LAST, ZONE = date(2026, 6, 30), ZoneInfo("UTC")


def test_it_puts_somebody_in_charge_as_the_story_goes_and_only_once(alice):
    people = customers(LAST, 40)
    Account.objects.bulk_create(Account(external_id=each.id) for each in people)
    hire(alice, LAST, ZONE, "a password of the demo")
    assign_customers(people, LAST, ZONE)

    ids = dict(Account.objects.values_list("external_id", "pk"))
    csm, sales = (AssignmentRole.objects.get(key=key).pk for key in ("csm", "sales"))
    now = names_in_charge(list(ids.values()), [csm, sales], None)
    assert len(now) == 2 * len(people)
    for each in people:
        first_evening = datetime.combine(each.starts + timedelta(days=1), time(), ZONE)
        assert names_in_charge([ids[each.id]], [csm], first_evening)

    changed = {
        each.story.key for each in people if Assignment.objects.filter(account=ids[each.id], role=csm).count() > 1
    }
    assert "champion_left" in changed
    left = Member.objects.get(role=Role.CSM, is_active=False)
    assert Assignment.objects.filter(member=left).exists()
    assert book_of(left.pk, None) == frozenset()
    told = Activity.objects.get(verb="assignment.handed_over")
    assert told.recorded_at.date() == LAST - timedelta(days=170)

    count = Activity.objects.count()
    assign_customers(people, LAST, ZONE)
    assert Activity.objects.count() == count
