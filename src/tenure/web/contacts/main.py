"""The few contacts of a customer that count most: whoever decides first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account
from tenure.people.models import Member
from tenure.web.contacts.shown import ContactRow, by_weight, contact_rows

MOST: Final = 4


@dataclass(frozen=True)
class MainContacts:
    """`more` counts those that are there besides."""

    rows: Sequence[ContactRow]
    more: int


def main_contacts(member: Member, account: Account, day: date) -> MainContacts:
    """At most MOST of those who have not left by the day."""
    contacts = contacts_for(member).filter(account__in=members_of(account.pk))
    there = sorted((row for row in contact_rows(contacts, day) if not row.left), key=by_weight)
    return MainContacts(there[:MOST], max(0, len(there) - MOST))
