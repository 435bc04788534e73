"""Cards that are shown for the customers of a segment only."""

import pytest

from tenure.accounts.models import Card
from tenure.core.conditions.tree import Comparison, Leaf
from tenure.segments.cards import show_card_for
from tenure.segments.models import Segment, Sharing
from tenure.segments.saving import BadSegment, Draft, save_segment
from tests.web.customers.conftest import alices, customers, written  # noqa: F401 — fixtures

NEW = Leaf("account.first_day", Comparison.IN_LAST_DAYS, 8)


def titles(client, account: int, day: str = "") -> list[str]:
    found = client.get(f"/customers/{account}/cards/{day}").context["cards"]
    return [str(each.card) for each in found if each.card]


def test_it_is_seen_where_the_customer_is_in_the_segment_on_the_day(alices, alice):  # noqa: F811
    segment = save_segment(Draft("New", NEW, sharing=Sharing.ALL), actor=alice)
    card = Card.objects.get(key="service")
    show_card_for(card, segment, actor=alice)
    assert "Service" in titles(alices, 5) and "Service" not in titles(alices, 3)
    assert "Service" not in titles(alices, 5, "?day=2026-06-01")  # not known yet then
    Segment.objects.update(condition={"version": 1, "field": "metric.gone", "comparison": "known"})
    assert "Service" in titles(alices, 3)
    assert "only for: New" in alices.get("/settings/cards/").content.decode()
    alices.post(f"/settings/cards/{card.pk}/shown-for/", {"segment": ""})
    assert "only for" not in alices.get("/settings/cards/").content.decode()


def test_it_needs_a_segment_everybody_sees(db, alice):
    private = save_segment(Draft("Mine", NEW), actor=alice)
    with pytest.raises(BadSegment, match="shared with everybody"):
        show_card_for(Card.objects.get(key="service"), private, actor=alice)
