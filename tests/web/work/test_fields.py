"""Fields of the customer in the follow-up form."""

from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Field
from tenure.people.models import Role
from tenure.work.models import FollowUp

FORM, DRAFT, CHOICES = "/work/follow-ups/new/", "/work/follow-ups/draft/", "/work/choices/fields/"


def offered(client, text=""):
    return [each["label"] for each in client.get(CHOICES, {"q": text}).json()["choices"]]


def test_it_offers_the_fields_one_may_change_by_any_of_their_names(client, alices, bob):
    assert offered(alices, "tie") == ["Tier"]
    assert offered(alices, "官网") == ["Website"]
    assert {"Seats bought", "Annual budget"} <= set(offered(alices, "commercial"))
    Field.objects.filter(key="tier").update(synced_from="CRM")
    Field.objects.filter(key="website").update(editors=[Role.ADMIN])
    client.force_login(bob)
    assert offered(client, "tie") == offered(client, "web") == []


def test_it_adds_a_field_with_its_value_and_takes_it_away(alices, alice, acme, field, typed):
    set_fields([acme], {"seats": 12}, alice)
    seats = field("seats")
    added = alices.post(DRAFT, typed(add_field=seats)).content.decode()
    assert f'name="value-{seats}" value="12"' in added and "now: 12" in added and "Renewal talk" in added
    again = typed(field=[seats], **{f"value-{seats}": "30"})
    assert 'value="30"' in alices.post(DRAFT, {**again, "add_step": "1"}).content.decode()
    dropped = alices.post(DRAFT, {**again, "drop_field": seats}).content.decode()
    assert f"value-{seats}" not in dropped and "Renewal talk" in dropped


def test_it_sets_them_with_the_follow_up(alices, acme, field, typed):
    chosen = {f"value-{field('tier')}": "A", f"value-{field('seats')}": "1,200"}
    answer = alices.post(FORM, typed(field=[field("tier"), field("seats")], **chosen), headers={"HX-Request": "true"})
    assert "fields-changed" in answer["HX-Trigger"]
    acme.refresh_from_db()
    assert acme.traits == {"tier": "A", "seats": 1200}


def test_what_is_wrong_stands_at_its_field_beside_what_was_typed(alices, acme, field, typed):
    tier, site = field("tier"), field("website")
    wrong = typed(field=[tier, site], notes="", **{f"value-{tier}": "A", f"value-{site}": "no address"})
    answer = alices.post(FORM, wrong)
    text = answer.content.decode()
    assert answer.status_code == 422 and 'value="no address"' in text
    assert text.count("Write a web address") == text.count("Write a few words") == 1
    Field.objects.filter(key="tier").update(synced_from="CRM")
    assert "cannot be changed here any more" in alices.post(FORM, wrong).content.decode()
    acme.refresh_from_db()
    assert acme.traits == {} and not FollowUp.objects.exists()
