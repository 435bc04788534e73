"""Tags: which there are, and putting them on and taking them off by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from tenure.accounts.as_of import facts_at
from tenure.accounts.models import Account, Field
from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.core.conditions.tree import Asker, Comparison, Leaf
from tenure.lib import clock
from tenure.segments.tags.managing import (
    BadTag,
    Draft,
    add_tag,
    archive_tag,
    change_tag,
    put_back,
    restore_tag,
)
from tenure.segments.tags.putting import put_on, take_back, take_off
from tenure.segments.tags.tag import tags_field, tags_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
KNOWN = Leaf("health.score", Comparison.KNOWN)


@pytest.fixture(autouse=True)
def at_nine():
    clock.set_clock(lambda: NOW)


@pytest.fixture
def acme():
    return Account.objects.create(external_id="acme", name="Acme")


def held(account, at=None):
    fact = facts_at(account.pk, at or clock.now()).get("tags")
    return fact.value if fact else None


def later(days=1):
    now = clock.now() + timedelta(days=days)
    clock.set_clock(lambda: now)


def test_it_is_an_option_of_the_field_and_keeps_its_colour_when_the_field_is_edited(alice):
    tag = add_tag(Draft(" Beta  tester ", "内测", "3"), actor=alice)
    assert tags_of(tags_field())[tag.value] == tag
    assert (tag.value, tag.name, tag.chinese, tag.tone) == ("beta_tester", "Beta tester", "内测", "3")
    renamed = change_tag(tag.value, Draft("Beta", "内测", "4", KNOWN), actor=alice)
    again = tags_of(tags_field())[tag.value]
    assert (str(again), again.rule.version, again.by_hand) == ("Beta", 1, False)
    change_tag(tag.value, Draft("Beta", "内测", "4", Leaf("health.score", Comparison.UNKNOWN)), actor=alice)
    assert tags_of(tags_field())[tag.value].rule.version == 2
    with pytest.raises(BadTag, match="changed again"):
        put_back(renamed, actor=alice)
    archive_tag(tag.value, actor=alice)
    assert tag.value not in {option["value"] for option in Field.objects.get(key="tags").offered}
    restore_tag(tag.value, actor=alice)
    assert [each.verb for each in Activity.objects.order_by("pk")] == [
        "tag.added",
        "tag.changed",
        "tag.changed",
        "tag.archived",
        "tag.restored",
    ]


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(" "), "a name"),
        (Draft("STRATEGIC"), "already"),
        (Draft("战略客户"), "already"),
        (Draft("New", tone="red"), "colours"),
        (Draft("New", condition=Leaf("charge.csm", Comparison.IN, (Asker.ME,))), "me"),
        (Draft("New", condition=Leaf("fact.tags", Comparison.KNOWN)), "cannot ask about tags"),
    ],
)
def test_it_refuses_what_no_tag_can_be(alice, draft, said):
    with pytest.raises(BadTag, match=said):
        add_tag(draft, actor=alice)
    assert not Activity.objects.exists()


def test_it_says_who_had_it_when(acme, alice, bob):
    other = Account.objects.create(external_id="other")
    put_on([other], ["strategic"], actor=alice)
    later()
    done = put_on([acme, other], ["reference", "strategic"], actor=bob)
    assert sentence(done) == "Bob put on the tag Reference customer, Strategic"
    assert (held(acme), held(other, NOW)) == (["reference", "strategic"], ["strategic"])
    assert put_on([acme], ["strategic"], actor=bob) is None
    later()
    take_off([acme], ["reference"], actor=alice)
    assert held(acme) == ["strategic"]
    later()
    take_back(done, actor=bob)
    assert (held(acme), held(other)) == (None, ["strategic"])  # other had that one before


def test_it_leaves_tags_with_a_rule_to_their_rule(acme, alice):
    tag = add_tag(Draft("Measured", condition=KNOWN), actor=alice)
    with pytest.raises(BadTag, match="it has a rule"):
        put_on([acme], [tag.value], actor=alice)
    with pytest.raises(BadTag, match="no such tag"):
        put_on([acme], ["gone"], actor=alice)
