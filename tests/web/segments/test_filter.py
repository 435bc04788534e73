"""The customers list filtered by a segment, by a condition in its address, or both."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tenure.core.conditions.tree import Comparison, Leaf
from tenure.people.models import Member, Role
from tenure.segments.models import Sharing
from tenure.segments.saving import Draft, save_segment
from tests.exports.taking import rows as rows_of
from tests.exports.taking import take
from tests.web.customers.company import TODAY
from tests.web.customers.test_list import names

OLD = {"field": "account.first_day", "comparison": "<", "value": {"days": -30}}
NEW = {"field": "account.first_day", "comparison": "in_last_days", "value": 30}
AT_RISK = {"field": "health.state", "comparison": "=", "value": "at_risk"}


def at(**query) -> str:
    texts = {key: json.dumps(value) if isinstance(value, dict) else value for key, value in query.items()}
    return f"/customers/?{urlencode(texts)}"


@pytest.fixture
def at_risk(alice):
    return save_segment(Draft("At risk", Leaf("health.state", Comparison.IS, "at_risk")), actor=alice)


def test_it_shows_those_the_condition_means_and_says_it_in_words(alices):
    page = alices.get(at(condition=NEW))

    assert names(page) == ["Elm Studio"]
    assert "Customers where First seen is within the last 30 days." in page.content.decode()


def test_it_asks_on_the_as_of_day(alices):
    assert names(alices.get(at(condition=NEW, day=str(TODAY - timedelta(days=7))))) == []


def test_it_combines_with_the_segment_and_the_other_filters(alices, at_risk):
    assert names(alices.get(at(segment=at_risk.pk))) == ["Dahlia Media"]
    assert names(alices.get(at(segment=at_risk.pk, condition=NEW))) == []
    assert names(alices.get(at(segment=at_risk.pk, condition=OLD, q="dahlia", state="at-risk"))) == ["Dahlia Media"]
    assert names(alices.get(at(segment=at_risk.pk, state="healthy"))) == []


def test_it_exports_and_pages_through_the_same_customers(alices, at_risk):
    taken = rows_of(take(alices, "customers", f"segment={at_risk.pk}"))
    assert [row["Customer"] for row in taken] == ["Dahlia Media"]
    page = alices.get(f"/segments/{at_risk.pk}/").content.decode()
    assert f'action="/settings/exports/make/customers/?segment={at_risk.pk}"' in page

    page = alices.get(f"/customers/4/?segment={at_risk.pk}").content.decode()
    assert 'rel="next"' not in page
    assert 'rel="next"' in alices.get("/customers/4/").content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"segment": "99"}, "There is no such segment"),
        ({"condition": "{"}, "cannot be used"),
        ({"condition": {"field": "metric.gone", "comparison": "known"}}, "metric.gone is not there any more"),
        ({"condition": {"field": "health.state", "comparison": "=", "value": "x" * 4_000}}, "Save it as a segment"),
    ],
)
def test_it_shows_nobody_rather_than_everybody_when_it_does_not_understand(alices, query, said):
    page = alices.get(at(**query))

    assert names(page) == []
    assert said in page.content.decode()


def test_another_members_private_segment_is_none(alices):
    eve = Member.objects.create_user("eve@example.com", name="Eve", role=Role.ADMIN)
    segment = save_segment(Draft("Eve's", Leaf("health.score", Comparison.KNOWN)), actor=eve)

    assert "There is no such segment" in alices.get(at(segment=segment.pk)).content.decode()
    assert alices.get(f"/segments/{segment.pk}/").status_code == 404
    segment.sharing = Sharing.TEAM
    segment.save()
    assert len(names(alices.get(at(segment=segment.pk)))) == 11


def test_the_drawer_leads_to_the_list_with_the_condition(alices):
    posted = alices.post(
        "/segments/filter/",
        {"condition": json.dumps(NEW), "next": "/customers/?sort=name&page=3&condition=old"},
    )

    query = parse_qs(urlsplit(posted.url).query)
    assert query.keys() == {"sort", "condition"}
    assert json.loads(query["condition"][0]) == {"version": 1, **NEW}


def test_the_drawer_says_what_is_too_long_for_an_address(alices):
    listed = [f"option {n} {'x' * 60}" for n in range(90)]
    long = {"field": "fact.plan", "comparison": "in", "value": listed}
    posted = alices.post("/segments/filter/", {"condition": json.dumps(long)})

    assert posted.status_code == 422
    assert "Save it as a segment" in posted.content.decode()


def test_the_drawer_saves_a_segment_and_shows_it_in_the_list(alices, alice):
    sent = {"condition": json.dumps(NEW), "name": "New ones", "sharing": "all", "next": "/customers/?sort=name"}
    posted = alices.post("/segments/new/", sent, headers={"HX-Request": "true"})

    segment = alice.segments.get()
    assert posted["HX-Redirect"] == f"/customers/?sort=name&segment={segment.pk}"
    assert (segment.name, segment.sharing, segment.condition) == ("New ones", "all", {"version": 1, **NEW})


def test_nobody_left_is_said_as_such_and_not_as_a_day_without_numbers(alices):
    page = alices.get(at(condition={"all": [NEW, AT_RISK]})).content.decode()

    assert "No customer matches" in page
    assert "No numbers for this day" not in page
