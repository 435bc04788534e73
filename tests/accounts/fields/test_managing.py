"""Cards and fields: the five of a fresh installation, and one's own."""

import pytest
from django.utils.translation import override

from tenure.accounts.fields import managing
from tenure.accounts.fields.managing import BadField, FieldDraft
from tenure.accounts.fields.reading import cards_in_use, fields_by_key
from tenure.accounts.models import Card, FieldType
from tenure.activity.models import Activity
from tenure.activity.telling import sentence

pytestmark = pytest.mark.django_db


def test_a_fresh_installation_has_five_cards_in_both_languages():
    cards = cards_in_use()
    assert [each.card.name for each in cards] == [
        "Basics",
        "Commercial",
        "Service team and process",
        "Renewal and growth chances",
        "Service",
    ]
    assert all(each.names["zh-hans"] for card in cards for each in (card.card, *card.fields))
    assert all(option["names"] for card in cards for field in card.fields for option in field.options)


def test_it_adds_changes_archives_and_brings_back(alice):
    card = managing.add_card("Legal", "法务", alice)
    draft = FieldDraft("Data region", "数据地区", type=FieldType.CHOICE, options=[{"name": "EU"}, {"name": "China"}])
    field = managing.add_field(card, draft, alice)
    assert (field.key, [option["value"] for option in field.options]) == ("data_region", ["eu", "china"])
    managing.change_field(field, FieldDraft("Region", type=FieldType.TEXT, longest=50), alice)
    managing.archive(field, alice)
    assert "data_region" not in fields_by_key()
    managing.restore(field, alice)
    managing.archive(card, alice)
    assert card not in [each.card for each in cards_in_use()]
    managing.restore(card, alice)
    managing.rename_card(card, "Law", "法律", alice)
    assert cards_in_use()[-1].card.name == "Law"
    assert Activity.objects.count() == 8
    with override("zh-hans"):
        renamed = sentence(Activity.objects.get(verb="card.renamed"))
    assert "法务" in renamed and "法律" in renamed


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (FieldDraft(" "), "name"),
        (FieldDraft("X", key="plan"), "key"),
        (FieldDraft("X", key="name"), "key"),
        (FieldDraft("X", type=FieldType.CHOICE), "options"),
        (FieldDraft("X", type=FieldType.CHOICE, options=[{"name": "a"}, {"name": "A"}]), "options"),
        (FieldDraft("X", type=FieldType.NUMBER, minimum=2, maximum=1), "maximum"),
        (FieldDraft("X", type=FieldType.MONEY, currency="dollars"), "currency"),
        (FieldDraft("X", editors=["king"]), "editors"),
    ],
)
def test_it_refuses_what_makes_no_sense(alice, draft, wrong):
    with pytest.raises(BadField) as refused:
        managing.add_field(Card.objects.first(), draft, alice)
    assert refused.value.of == wrong


def test_it_puts_cards_and_fields_in_order(alice):
    first, second = cards_in_use()[:2]
    moved = first.fields[0]
    managing.arrange([(second.card.pk, [moved.pk]), (first.card.pk, [])], alice)
    assert [each.card for each in cards_in_use()[:2]] == [second.card, first.card]
    assert moved in cards_in_use()[0].fields
    with pytest.raises(BadField):
        managing.arrange([(0, [])], alice)
