"""The settings page of cards and fields."""

import json

import pytest

from tenure.accounts.fields.reading import cards_in_use
from tenure.accounts.models import Card, Field

pytestmark = pytest.mark.django_db


def test_only_who_manages_fields_sees_it(client, alices, bob):
    assert "Profile cards" in alices.get("/settings/cards/").content.decode()
    client.force_login(bob)
    assert client.get("/settings/cards/").status_code == 404


def test_it_adds_a_card_and_a_field_with_options(alices):
    alices.post("/settings/cards/new/", {"name": "Legal", "chinese": "法务"})
    card = Card.objects.get(key="legal")
    form = {"name": "Risk", "type": "choice", "options": "High | 高\nLow", "truth": "here", "editors": ["csm"]}
    assert alices.post(f"/settings/cards/{card.pk}/fields/new/", form).status_code == 302
    field = Field.objects.get(key="risk")
    assert [option["name"] for option in field.options] == ["High", "Low"] and field.editors == ["csm"]
    page = alices.get(f"/settings/fields/{field.pk}/").content.decode()
    assert "High | 高" in page
    alices.post(f"/settings/fields/{field.pk}/", {**form, "options": "Very high | 高\nLow"})
    field.refresh_from_db()
    assert field.options[0] == {"value": "high", "name": "Very high", "names": {"zh-hans": "高"}}


def test_it_keeps_what_was_typed_beside_an_error(alices):
    card = Card.objects.get(key="commercial")
    form = {"name": "Budget", "type": "money", "currency": "x"}
    answer = alices.post(f"/settings/cards/{card.pk}/fields/new/", form)
    assert answer.status_code == 422 and 'value="Budget"' in answer.content.decode()


def test_it_archives_and_puts_back(alices):
    card = Card.objects.get(key="basics")
    field = card.fields.first()
    for address in (f"cards/{card.pk}", f"fields/{field.pk}"):
        assert alices.post(f"/settings/{address}/archive/").status_code == 302
        assert alices.post(f"/settings/{address}/restore/").status_code == 302
    assert field in cards_in_use()[0].fields


def test_it_takes_an_order_and_refuses_nonsense(alices):
    order = [[each.card.pk, [field.pk for field in each.fields]] for each in reversed(cards_in_use())]
    assert alices.post("/settings/cards/order/", {"order": json.dumps(order)}).status_code == 200
    assert [each.card.pk for each in cards_in_use()] == [card for card, _fields in order]
    for nonsense in ("", "[1]", '[["a", []]]', "{"):
        assert alices.post("/settings/cards/order/", {"order": nonsense}).status_code == 400
    assert alices.post("/settings/cards/order/", {"order": "[[0, []]]"}).status_code == 409
