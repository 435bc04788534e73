"""Alder Logistics (account 1) with Ada, who decides and uses the product, and Bob, who left."""

from datetime import date

import pytest

from tenure.accounts.contacts.details import checked
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account, Contact
from tests.web.customers.conftest import alices, customers, written

__all__ = ["alices", "customers", "written"]


@pytest.fixture
def ada(customers) -> Contact:
    texts = {
        "name": "Ada",
        "title": "CTO",
        "email": "ada@alder.example",
        "phones": "+44 20 7946 0958",
        "wechat": "ada_l",
    }
    return add_contact(Account.objects.get(pk=1), checked({**texts, "roles": "decision_maker, champion"}, 101), None)


@pytest.fixture
def gone(customers) -> Contact:
    texts = {"name": "Bob", "left_on": date(2026, 3, 1).isoformat(), "roles": "blocker"}
    return add_contact(Account.objects.get(pk=1), checked(texts), None)
