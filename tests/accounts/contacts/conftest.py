"""acme and bolt, and a contact of acme's."""

import pytest

from tenure.accounts.contacts.details import checked
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account, Contact


@pytest.fixture
def acme(db) -> Account:
    return Account.objects.create(external_id="acme", name="Acme")


@pytest.fixture
def bolt(db) -> Account:
    return Account.objects.create(external_id="bolt", name="Bolt")


@pytest.fixture
def ada(acme, alice) -> Contact:
    return add_contact(acme, checked({"name": "Ada", "email": "ada@acme.example", "phones": "+44 20 7946 0958"}), alice)
