"""alice, who owns, and an account she looks at."""

import pytest

from tenure.accounts.models import Account, Field


@pytest.fixture
def acme(db):
    return Account.objects.create(external_id="acme", name="Acme")


@pytest.fixture
def alices(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def field(db):
    """field("tier") is the field of that key."""
    return lambda key: Field.objects.get(key=key)
