"""The list of segments, a segment's page, and the form."""

import json
import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenure.core.conditions.document import to_document
from tenure.core.conditions.tree import EVERYONE, AllOf, Comparison, Leaf
from tenure.people.models import Member, Role
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import read_catalogue
from tenure.segments.models import Membership, Segment
from tenure.segments.saving import Draft, save_segment
from tenure.web.segments.moved import moved, overlap
from tests.web.customers.company import TODAY

NEW = Leaf("account.first_day", Comparison.IN_LAST_DAYS, 8)
KNOWN = Leaf("health.score", Comparison.KNOWN)


@pytest.fixture
def new(alice) -> Segment:
    return save_segment(Draft("New ones", NEW, "To be greeted"), actor=alice)


def test_it_lists_segments_with_their_counts(alices, new):
    page = alices.get("/segments/").content.decode()

    assert "New ones" in page and "To be greeted" in page
    assert "Customers where First seen is within the last 8 days." in page
    assert re.search(r'data-label="Customers"[^>]*>1<', page)


def test_it_counts_once_and_compares_facts_once_however_many_segments_there_are(alices, alice, new):
    for name in ("First tier", "Second tier"):
        save_segment(Draft(name, Leaf("fact.tier", Comparison.KNOWN)), actor=alice)
    with CaptureQueriesContext(connection) as asked:
        alices.get("/segments/")
    counting = [each["sql"] for each in asked if "COUNT(" in each["sql"]]
    assert len([sql for sql in counting if "segments_segment" in sql]) == 1
    assert len([sql for sql in counting if "accounts_fact" in sql]) == 1


def test_one_whose_field_is_gone_says_so_and_breaks_nothing(alices, new):
    Segment.objects.update(condition={"version": 1, "field": "metric.gone", "comparison": "known"})

    for address in ("/segments/", f"/segments/{new.pk}/"):
        assert "metric.gone is not there any more" in alices.get(address).content.decode()


def test_its_page_shows_the_sentence_and_its_customers_alone(alices, new):
    page = alices.get(f"/segments/{new.pk}/").content.decode()

    assert "First seen is within the last 8 days" in page
    assert f"/customers/5/?segment={new.pk}" in page
    assert "Alder Logistics" not in page
    columns = alices.get(f"/segments/{new.pk}/?sort=name&menu=columns").content.decode()
    assert columns.startswith('<form class="menu-sheet"')
    assert '<input type="hidden" name="sort" value="name">' in columns
    assert 'name="menu"' not in columns
    swapped = alices.get(f"/segments/{new.pk}/?sort=name", headers={"HX-Target": "table-customers-part"})
    assert "Elm Studio" in swapped.content.decode() and "<h1>" not in swapped.content.decode()


def test_it_says_who_entered_and_who_left(alice, customers):
    asking = asking_of(alice, read_catalogue())
    found = moved(NEW, asking, TODAY - timedelta(days=8), TODAY, alice)

    assert [str(each) for each in found.entered.named] == ["Elm Studio"]
    assert (found.before, found.left.count) == (0, 0)


def test_it_says_what_two_have_in_common(alice, customers):
    asking = asking_of(alice, read_catalogue())
    found = overlap(AllOf((KNOWN,)), NEW, asking, TODAY, {})

    assert (found.one.count, found.both.count, found.other.count) == (11, 0, 1)
    assert "condition=" in found.one.href and found.both.href == ""
    assert overlap(EVERYONE, NEW, asking, TODAY, {}).other.count == 0


def test_the_form_keeps_what_was_typed_and_marks_the_place(alices):
    wrong = {"all": [{"field": "health.score", "comparison": "<", "value": 1e16}]}
    page = alices.post("/segments/new/", {"name": "Kept", "condition": json.dumps(wrong)})

    assert page.status_code == 422
    assert 'value="Kept"' in page.content.decode() and 'data-path="all[0].value"' in page.content.decode()
    assert not Segment.objects.exists()


def test_a_change_is_taken_back_from_the_toast(alices, new):
    sent = {"name": "Newer", "condition": json.dumps({"all": []}), "sharing": "private"}
    page = alices.post(f"/segments/{new.pk}/edit/", sent, follow=True).content.decode()
    undo = re.search(r'action="(/segments/\d+/changes/\d+/undo/)"', page)
    assert undo

    alices.post(undo[1])
    new.refresh_from_db()
    assert (new.name, new.condition["field"]) == ("New ones", "account.first_day")


def test_it_draws_a_metric_of_those_in_it_then_or_now(alices, new):
    def drawn(**asked: str) -> list[float | None]:
        found = alices.get(f"/segments/{new.pk}/metric/", {"metric": "active_users_28", "together": "total", **asked})
        return [y for _day, y in found.context["trend"].chart.series[0].points]

    then = drawn()
    assert len(then) > 3 and then[0] == 2 and then == drawn(whose="now")  # one is new, all the time
    Segment.objects.update(condition=to_document(Leaf("account.first_day", Comparison.IN_LAST_DAYS, 3)))
    assert drawn()[:3] == then[:3] and drawn()[-1] is None  # it was new on its first days only
    assert drawn(whose="now") == [None]
    assert alices.get(f"/segments/{new.pk}/metric/", {"together": "x", "metric": "gone"}).status_code == 200


def test_its_history_and_the_timeline_tell_who_entered(alices, alice, new):
    because = {"en": "First seen: 2026-06-25", "zh-hans": "首次出现：2026-06-25"}
    at = datetime.combine(TODAY, time(9), UTC)
    seen = {"day": str(TODAY), "version": 1, "values": {}, "because": because}
    Membership.objects.create(segment=new, account_id=5, entered_at=at, entered=seen)
    Membership.objects.create(segment=new, account_id=4, entered_at=at, entered=seen, began_by_change=True)

    page = alices.get(f"/segments/{new.pk}/").content.decode()
    assert page.count("First seen: 2026-06-25") == 1
    assert "Entered the segment “New ones”" in alices.get("/customers/5/timeline/?kind=segment").content.decode()
    assert "Entered the segment" not in alices.get("/customers/4/timeline/?kind=segment").content.decode()
    Segment.objects.update(owner=Member.objects.create_user("eve@example.com", name="Eve", role=Role.CSM))
    assert "Entered the segment" not in alices.get("/customers/5/timeline/?kind=segment").content.decode()
