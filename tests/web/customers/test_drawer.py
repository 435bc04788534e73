"""The short form of a customer: who decides there, and what the cards say of it."""

from datetime import date

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Account, DecisionRole
from tests.web.customers.test_page import text

DRAWER = "/customers/3/drawer/"


def test_it_names_whoever_decides_first_and_leaves_out_who_left(alices, alice):
    cedar = Account.objects.get(pk=3)
    for name in ("Ann", "Ben", "Cleo", "Dan"):
        add_contact(cedar, Details(name), alice)
    add_contact(cedar, Details("Zoe", title="CFO", roles=DecisionRole.DECISION_MAKER), alice)
    add_contact(cedar, Details("Yan", roles=DecisionRole.CHAMPION, left_on=date(2026, 1, 1)), alice)

    answer = alices.get(DRAWER)
    assert [str(row.contact) for row in answer.context["contacts"].rows] == ["Zoe", "Ann", "Ben", "Cleo"]
    assert "Zoe CFO Decision maker" in text(answer)
    assert "and 1 more" in text(answer)
    assert "Yan" not in text(answer)


def test_it_says_what_the_cards_know(alices, alice):
    set_fields(
        [Account.objects.get(pk=3)], {"tier": "B", "renewal_chance": "low", "website": "https://c.example"}, alice
    )
    shown = text(alices.get(DRAWER))
    assert "Tier B" in shown
    assert "Chance of renewal Low" in shown
    assert "c.example" not in shown
    assert "Profile cards" not in text(alices.get("/customers/4/drawer/"))
