"""Tags on screen: on a customer, on many, as a filter and a column, and the form."""

import json
import re
from datetime import UTC, datetime, time

import pytest

from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.segments.tags.managing import Draft, add_tag, archive_tag
from tenure.segments.tags.putting import put_on
from tenure.segments.tags.tag import tags_field, tags_of
from tests.web.customers.company import TODAY


@pytest.fixture(autouse=True)
def on_the_last_day():
    clock.set_clock(lambda: datetime.combine(TODAY, time(12), UTC))


def test_a_tag_is_put_on_in_the_header_and_taken_off_again(alices):
    part = alices.post("/tags/on/5/change/", {"on": "strategic"}).content.decode()
    assert ">Strategic</a>" in part and 'aria-label="Take off Strategic"' in part
    assert ">Strategic</a>" in alices.get("/customers/5/").content.decode()
    assert Account.objects.get(pk=5).traits["tags"] == ["strategic"]
    undo = re.search(r'action="(/tags/on/changes/\d+/undo/)"', part)
    alices.post(undo[1])
    assert "tags" not in Account.objects.get(pk=5).traits
    assert [each.verb for each in Activity.objects.order_by("pk")] == ["tags.put_on", "tags.taken_off"]


def test_the_list_shows_filters_and_changes_them_for_many(alices, alice):
    answer = alices.post("/tags/on/", {"account": ["4", "5"], "name": " strategic", "next": "/customers/"}, follow=True)
    assert "“Strategic” put on 2 customers." in answer.content.decode()
    page = alices.get("/customers/?tag=strategic&columns=name,tags").content.decode()
    assert len(re.findall(r"<tr tabindex", page)) == 2
    assert '<span class="tag tone-unknown">Strategic</span>' in page and "Tag: Strategic" in page
    assert "?tag=strategic" in page  # goes along to the customer
    alices.post("/tags/on/", {"account": ["4"], "name": "Strategic", "off": "1"})
    assert len(re.findall(r"<tr tabindex", alices.get("/customers/?tag=strategic").content.decode())) == 1
    unknown = alices.post("/tags/on/", {"account": "4", "name": "x"}, follow=True)
    assert "There is no tag of this name. Choose one" in unknown.content.decode()


def test_the_form_makes_a_rule_and_says_what_is_wrong_with_one(alices, alice):
    rule = {"version": 1, "field": "health.score", "comparison": "<", "value": 40}
    sent = {"name": "Weak", "tone": "2", "way": "rule", "condition": json.dumps(rule)}
    assert alices.post("/tags/new/", {**sent, "condition": "{"}).status_code == 422
    page = alices.post("/tags/new/", sent, follow=True).content.decode()
    assert "Customers where Health score is below 40." in page
    tag = tags_of(tags_field())["weak"]
    assert (tag.rule.condition, tag.tone) == (rule, "2")
    refused = alices.post("/tags/on/5/change/", {"on": "weak"})
    assert refused.status_code == 422 and "it has a rule" in refused.content.decode()
    alices.post("/tags/edit/weak/", {**sent, "way": "hand"})
    assert tags_of(tags_field())["weak"].by_hand


def test_an_archived_one_is_seen_no_more(alices, alice):
    add_tag(Draft("Old"), actor=alice)
    put_on([Account.objects.get(pk=5)], ["old"], actor=alice)
    archive_tag("old", actor=alice)
    assert ">Old<" not in alices.get("/customers/5/").content.decode()
    assert "1 customer has it" in alices.get("/tags/").content.decode()
