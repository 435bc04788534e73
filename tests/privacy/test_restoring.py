"""An older database that is put back learns again who was erased. (test_life goes through the real files.)"""

import pytest

from tenure.accounts.models import Contact, ErasedId, Identity, User
from tenure.activity.models import Activity
from tenure.privacy.erasing import erase_contact, erase_user
from tenure.privacy.ledger import NAME, write_ledger
from tenure.privacy.recalling import recall_erasures
from tests.privacy.conftest import ITEMS, numbers, sweep_all, traces


@pytest.fixture
def older(house, ada, contact, config):
    """Erased and written down; then the tables are as they were before, in an installation where they are not known."""
    kept = {model: list(model.objects.all()) for model in (Identity, User, Contact)}
    erase_user(ada, None, house.store)
    erase_contact(contact, None, house.store)
    erased_as = Identity.objects.get(home=ada).external_id
    write_ledger(config)
    ErasedId.objects.all().delete()
    for rows in kept.values():
        for row in rows:
            row.save()
    return erased_as


def test_it_erases_again_who_was_erased(house, ada, older, config):
    before = numbers(house)
    assert recall_erasures(config) > 0
    sweep_all(house, config)
    assert traces(house) == []
    assert Identity.objects.get(home=ada).external_id == older
    assert numbers(house) == before
    assert Activity.objects.filter(verb="privacy.applied_again").count() == 1
    assert recall_erasures(config) == 0


def test_it_knows_people_who_only_come_after_the_backup(house, older, config):
    Identity.objects.all().delete()
    recall_erasures(config)
    house.send({**ITEMS[0], "id": "later"})
    assert Identity.objects.get(anonymous=False).external_id == older


def test_it_does_not_take_a_new_contact_with_the_same_number_for_an_erased_one(house, older, contact, config):
    from datetime import timedelta

    Contact.objects.filter(pk=contact.pk).update(created_at=contact.created_at + timedelta(days=1))
    recall_erasures(config)
    assert Contact.objects.get().name == "Ada Lovelace"


def test_it_passes_over_a_line_that_a_crash_cut_off(house, older, config):
    with (config.data / NAME).open("a") as file:
        file.write('{"digest": "12')
    held = recall_erasures(config)
    assert held == ErasedId.objects.count()
    ErasedId.objects.create(digest="f" * 32, erased_at=Contact.objects.get().created_at)
    assert write_ledger(config) == 1
    assert (config.data / NAME).stat().st_mode & 0o077 == 0


def test_it_costs_nothing_where_nobody_was_erased(db, config):
    assert recall_erasures(config) == 0
    assert not (config.data / NAME).exists()
