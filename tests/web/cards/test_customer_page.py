"""Cards on the customer page: read, edited where they stand, their history, corrected, taken back."""

from datetime import UTC, datetime

import pytest

from tenure.accounts.as_of import values_at
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Account, Fact, Field
from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.lib.instants import to_us

pytestmark = pytest.mark.django_db


def values(key):
    return values_at(clock.now()).get(key, {})


def test_it_shows_every_card_and_what_no_card_has(alices, acme):
    now = clock.now()
    record_facts([Said(acme.pk, to_us(now), {"plan": "pro", "quirk": "<b>odd</b>", "name": "Acme"})], "events:App", now)
    Field.objects.filter(key="plan").update(synced_from="Billing")
    page = alices.get(f"/customers/{acme.pk}/cards/").content.decode()
    for shown in ("Basics", "Chance of renewal", "pro", "From Billing", "Other attributes", "quirk", "&lt;b&gt;odd"):
        assert shown in page
    assert "<b>odd" not in page and "events:App" not in page


def test_it_writes_where_the_field_stands_and_takes_it_back(alices, acme, field):
    address = f"/customers/{acme.pk}/fields/{field('tier').pk}/"
    assert 'name="value"' in alices.get(f"{address}?edit=1").content.decode()
    saved = alices.post(address, {"value": "A", "valid_from": ""})
    assert saved.status_code == 200 and "Undo" in saved.content.decode()
    assert values("tier") == {acme.pk: "A"}
    undone = alices.post(f"/customers/fields/{Activity.objects.get().pk}/undo/", {"next": "/customers/"})
    assert undone.status_code == 302
    assert values("tier") == {}


def test_it_keeps_what_was_typed_beside_the_error(alices, acme, field):
    answer = alices.post(f"/customers/{acme.pk}/fields/{field('website').pk}/", {"value": "not an address"})
    text = answer.content.decode()
    assert answer.status_code == 422 and 'value="not an address"' in text and "Write a web address" in text
    assert not Activity.objects.exists()


def test_a_synced_field_has_no_input(alices, acme, field):
    Field.objects.filter(key="tier").update(synced_from="CRM")
    address = f"/customers/{acme.pk}/fields/{field('tier').pk}/"
    assert alices.get(f"{address}?edit=1").status_code == alices.post(address, {"value": "A"}).status_code == 404


def test_a_correction_of_the_past_is_seen_as_of_and_not_as_known_before(alices, alice, acme, field):
    clock.set_clock(lambda: datetime(2026, 1, 10, 12, tzinfo=UTC))
    set_fields([acme], {"tier": "A"}, alice, valid_from=datetime(2026, 1, 5, tzinfo=UTC))
    clock.set_clock(None)
    fact = Fact.objects.get()
    correct = f"/customers/{acme.pk}/facts/{fact.pk}/correct/"
    assert "2026-01-05" in alices.get(correct).content.decode()
    assert alices.post(correct, {"value": "Z", "valid_from": "2026-01-05"}).status_code == 422
    assert alices.post(correct, {"value": "B", "valid_from": "2026-01-05"}).status_code == 200
    history = f"/customers/{acme.pk}/history/tier/"
    assert "<b data-current>B</b>" in alices.get(history).content.decode()
    assert "<b data-current>A</b>" in alices.get(f"{history}?known=2026-01-20").content.decode()
    assert (
        "Nothing can be changed in this view"
        in alices.get(f"/customers/{acme.pk}/cards/?known=2026-01-20").content.decode()
    )
    assert alices.post(correct, {"value": "C", "valid_from": "2026-01-05"}).status_code == 422


def test_withdrawing_leaves_what_was_before(alices, acme, field):
    address = f"/customers/{acme.pk}/fields/{field('tier').pk}/"
    alices.post(address, {"value": "A", "valid_from": "2026-01-05"})
    alices.post(address, {"value": "B", "valid_from": "2026-02-05"})
    newest = Fact.objects.get(value="B")
    alices.post(f"/customers/{acme.pk}/facts/{newest.pk}/withdraw/")
    assert values("tier") == {acme.pk: "A"}


def test_many_customers_get_a_value_at_once_and_back(alices, acme):
    bolt = Account.objects.create(external_id="bolt")
    chosen = {"account": [acme.pk, bolt.pk], "next": "/customers/"}
    assert "2 customers" in alices.post("/customers/fields/choose/", chosen).content.decode()
    wrong = alices.post("/customers/fields/set/", {**chosen, "field": "seats", "value": "lots"})
    assert wrong.status_code == 422 and 'value="lots"' in wrong.content.decode()
    alices.post("/customers/fields/set/", {**chosen, "field": "seats", "value": "12"})
    assert values("seats") == {acme.pk: 12, bolt.pk: 12}
    assert Activity.objects.count() == 1
    alices.post(f"/customers/fields/{Activity.objects.get().pk}/undo/", {"next": "/customers/"})
    assert values("seats") == {}
