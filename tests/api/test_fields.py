"""Fields and cards set up by programs."""

import pytest

from tenure.accounts.models import Card, Field
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def card(db) -> int:
    return Card.objects.get(key="basics").pk


def test_it_adds_a_choice_and_changes_only_what_is_sent(program, card):
    sent = {
        "card_id": card,
        "name": "Line of work",
        "chinese": "行业",
        "type": "choice",
        "options": [{"name": "Retail"}],
    }
    made = program.ask("POST", "fields", sent)
    field = made.json()
    assert made.status_code == 201 and field["key"] == "line_of_work"
    assert [each["value"] for each in field["options"]] == ["retail"]
    options = [{"value": "retail", "name": "Shops"}, {"name": "Banking", "chinese": "银行"}]
    changed = program.ask("PATCH", f"fields/{field['id']}", {"options": options}, if_match=made["ETag"]).json()
    assert [(each["value"], each["name"]) for each in changed["options"]] == [
        ("retail", "Shops"),
        ("banking", "Banking"),
    ]
    assert (changed["chinese"], changed["type"]) == ("行业", "choice")
    assert program.ask("PATCH", f"fields/{field['id']}", {"name": "X"}, if_match=made["ETag"]).status_code == 412
    assert program.ask("PUT", f"fields/{field['id']}/archive").json()["archived_at"]
    assert program.ask("PUT", f"fields/{field['id']}/archive").status_code == 404
    assert [each["key"] for each in program.get("fields", {"archived": True}).json()] == ["line_of_work"]
    assert program.ask("DELETE", f"fields/{field['id']}/archive").json()["archived_at"] is None


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"type": "choice"}, "body.options"),
        ({"type": "money"}, "body.currency"),
        ({"type": "number", "minimum": 2, "maximum": 1}, "body.maximum"),
        ({"key": "tier"}, "body.key"),
        ({"key": "name"}, "body.key"),
    ],
)
def test_it_says_what_of_a_field_is_wrong(program, card, sent, path):
    refused = program.ask("POST", "fields", {"card_id": card, "name": "Thing", **sent})
    assert refused.status_code == 422 and refused.json()["error"]["path"] == path


def test_it_puts_cards_and_fields_in_order(program, card):
    made = program.ask("POST", "cards", {"name": "Delivery", "chinese": "交付"}).json()
    tier = Field.objects.get(key="tier").pk
    order = {"cards": [{"id": made["id"], "field_ids": [tier]}, {"id": card}]}
    first, *_rest = program.ask("PUT", "card-order", order).json()
    assert (first["id"], first["field_ids"]) == (made["id"], [tier])
    gone = program.ask("PUT", "card-order", {"cards": [{"id": card, "field_ids": [10**9]}]})
    assert gone.status_code == 409 and Card.objects.get(pk=card).place == 1
