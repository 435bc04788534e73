"""Contacts as pages show them: their roles, addresses that can be called, when somebody last spoke to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from tenure.accounts.as_of import end_of_day
from tenure.accounts.contacts.roles import LABELS, roles_of
from tenure.accounts.models import Contact, DecisionRole
from tenure.ui.text import Text
from tenure.warehouse.store import Store
from tenure.work.models import Participant

TONES: Mapping[DecisionRole, str] = {
    DecisionRole.DECISION_MAKER: "accent",
    DecisionRole.CHAMPION: "healthy",
    DecisionRole.USER: "unknown",
    DecisionRole.BLOCKER: "at-risk",
}
MOST_USERS = 10_000


@dataclass(frozen=True)
class ContactRow:
    """A contact on a day. `roles` as (word, tone), `phones` as (text, address to call).

    `last_follow_up` is the day somebody last spoke to them, `last_seen` the day their user was last active.
    """

    contact: Contact
    roles: Sequence[tuple[Text, str]]
    phones: Sequence[tuple[str, str]]
    left: bool
    last_follow_up: date | None
    last_seen: date | None = None


def contact_rows(contacts: Iterable[Contact], day: date, seen: Mapping[int, date] | None = None) -> list[ContactRow]:
    """Rows in the order of the contacts; `seen` is the last day of users."""
    contacts = list(contacts)
    spoken = last_follow_ups(contacts, day)
    return [
        ContactRow(
            contact=contact,
            roles=[(LABELS[role], TONES[role]) for role in roles_of(contact.roles)],
            phones=[(phone, call_address(phone)) for phone in contact.phones],
            left=has_left(contact, day),
            last_follow_up=spoken.get(contact.pk),
            last_seen=(seen or {}).get(contact.user_id or 0),
        )
        for contact in contacts
    ]


def has_left(contact: Contact, day: date) -> bool:
    return contact.left_on is not None and contact.left_on <= day


def by_weight(row: ContactRow) -> tuple[bool, int, str]:
    """The order of a customer's contacts: who is there first, then whoever decides first."""
    first = min((place for place, role in enumerate(LABELS) if row.contact.roles & role), default=len(LABELS))
    return row.left, first, row.contact.name


def call_address(phone: str) -> str:
    """The number as a link that a telephone understands."""
    return "tel:" + "".join(sign for sign in phone.partition("转")[0] if sign.isdecimal() or sign == "+")


def last_follow_ups(contacts: Collection[Contact], day: date) -> dict[int, date]:
    """The day of the last follow-up, up to a day, in which each took part.

    Where people of the customer were named without choosing the contact, the name tells who of its account it was.
    """
    until = end_of_day(day, settings.CONFIG.zone)
    taken_part = Participant.objects.filter(ours=False, follow_up__removed_at=None, follow_up__at__lte=until)
    chosen = taken_part.filter(contact_id__any_of=[contact.pk for contact in contacts])
    found: dict[int, datetime] = dict(chosen.values_list("contact_id").annotate(Max("follow_up__at")))
    accounts, names = {contact.account_id for contact in contacts}, {contact.name for contact in contacts}
    named = taken_part.filter(contact=None, name__in=names, follow_up__account_id__any_of=accounts)
    latest = named.values_list("follow_up__account_id", "name").annotate(Max("follow_up__at"))
    by_name = {(account, name): at for account, name, at in latest}
    for contact in contacts:
        at = by_name.get((contact.account_id, contact.name))
        if at is not None:
            found[contact.pk] = max(at, found.get(contact.pk, at))
    return {key: timezone.localtime(at).date() for key, at in found.items()}


def users_last_seen(store: Store, account_id: int, contacts: Collection[Contact], day: date) -> dict[int, date]:
    """The last day of the users that these contacts are."""
    if not any(contact.user_id for contact in contacts):
        return {}
    found: dict[int, date] = {}
    for excluded in (False, True):
        _, uses = store.account_users(account_id, date(2000, 1, 1), day, limit=MOST_USERS, excluded=excluded)
        found.update((use.user_id, use.last_day) for use in uses)
    return found
