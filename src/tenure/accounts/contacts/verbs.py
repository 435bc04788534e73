"""What is done with contacts. Each verb is one transaction and leaves one activity with what it changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tenure.accounts.contacts.details import FIELDS, BadContact, Details, search_text
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, Contact, UserLink
from tenure.accounts.search.keeping import names_changed
from tenure.activity.models import Activity
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb, verb
from tenure.lib import clock
from tenure.people.models import Member

ADDED = verb("contact.added", _("{by} added the contact {subject}"))
CHANGED = verb("contact.changed", _("{by} changed the contact {subject}"))
LEFT = verb("contact.left", _("{subject} left the customer on {day}, noted by {by}"))
BACK = verb("contact.came_back", _("{subject} is back at the customer, noted by {by}"))
REMOVED = verb("contact.removed", _("{by} removed the contact {subject}"))
RESTORED = verb("contact.restored", _("{by} brought the contact {subject} back"))
MOVED = verb("contact.moved", _("{by} moved the contact {subject} from {before} to {after}"))
KIND = "contact"


def add_contact(account: Account, details: Details, actor: Member | None, source: str = "") -> Contact:
    """Adds a contact to an account; raises BadContact when the user named is not one of the account's."""
    _check_user(account.pk, details)
    now = clock.now()
    contact = Contact(account=account, source=source[:100], created_at=now)
    _take(contact, details)
    with transaction.atomic():
        contact.save()
        names_changed(Contact, [contact.pk], new=True)
        _record(ADDED, contact, actor, {"changes": _told({}, details)})
    return contact


def change_contact(contact: Contact, details: Details, actor: Member | None) -> bool:
    """Writes what is different, and says whether anything was. Raises BadContact as add_contact does."""
    before = Details.of(contact)
    if details == before:
        return False
    if details.user_id != before.user_id:
        _check_user(contact.account_id, details)
    _take(contact, details)
    with transaction.atomic():
        contact.save()
        names_changed(Contact, [contact.pk])
        _record(CHANGED, contact, actor, {"changes": _told(vars(before), details)})
    return True


def mark_left(contact: Contact, day: date, actor: Member | None) -> None:
    """Notes that they left the customer on a day; raises BadContact when they joined later."""
    if contact.joined_on and day < contact.joined_on:
        raise BadContact({"left_on": _t("Nobody leaves before they join.")})
    _set_left(LEFT, contact, day, actor)


def mark_back(contact: Contact, actor: Member | None) -> None:
    """Takes it back that they left."""
    _set_left(BACK, contact, None, actor)


def remove_contact(contact: Contact, actor: Member | None) -> None:
    """Takes a contact out of sight; restore_contact undoes it."""
    with transaction.atomic():
        now = clock.now()
        if Contact.objects.filter(pk=contact.pk, removed_at=None).update(removed_at=now, changed_at=now):
            contact.removed_at = now
            names_changed(Contact, [contact.pk])
            _record(REMOVED, contact, actor, {})


def restore_contact(contact: Contact, actor: Member | None) -> None:
    """Brings a removed contact back."""
    with transaction.atomic():
        removed = Contact.objects.filter(pk=contact.pk, removed_at__isnull=False)
        if removed.update(removed_at=None, changed_at=clock.now()):
            contact.removed_at = None
            names_changed(Contact, [contact.pk])
            _record(RESTORED, contact, actor, {})


def move_contact(contact: Contact, account: Account, actor: Member | None) -> None:
    """Moves a contact to another account, where they are no user: that belongs to the account before."""
    if contact.account_id == account.pk:
        return
    old = contact.account
    contact.account, contact.user, contact.changed_at = account, None, clock.now()
    with transaction.atomic():
        contact.save(update_fields=["account", "user", "changed_at"])
        detail = {"before": str(old), "after": str(account)}
        subject = Subject(KIND, contact.pk, contact.name)
        record(MOVED, actor, subject=subject, accounts=[old.pk, account.pk], detail=detail)


def history_of(contact: Contact) -> list[Activity]:
    """What was done with a contact, latest first."""
    return list(Activity.objects.filter(subject_kind=KIND, subject_id=contact.pk).order_by("-recorded_at", "-pk"))


def _set_left(told: Verb, contact: Contact, day: date | None, actor: Member | None) -> None:
    if contact.left_on == day:
        return
    changes = _told({"left_on": contact.left_on}, replace(Details.of(contact), left_on=day))
    contact.left_on, contact.changed_at = day, clock.now()
    with transaction.atomic():
        contact.save(update_fields=["left_on", "changed_at"])
        detail = {"changes": {"left_on": changes["left_on"]}, "day": day.isoformat() if day else ""}
        _record(told, contact, actor, detail)


def _take(contact: Contact, details: Details) -> None:
    for field in FIELDS:
        setattr(contact, field, getattr(details, field))
    contact.phones = list(details.phones)
    contact.search_text = search_text(details)
    contact.changed_at = clock.now()


def _check_user(account_id: int, details: Details) -> None:
    links = UserLink.objects.filter(account__in=members_of(account_id), user=details.user_id)
    if details.user_id is not None and not links.exists():
        raise BadContact({"user_id": _t("This user does not belong to the customer.")})


def _record(told: Verb, contact: Contact, actor: Member | None, detail: Mapping[str, Any]) -> None:
    subject = Subject(KIND, contact.pk, contact.name)
    record(told, actor, subject=subject, accounts=[contact.account_id], detail=detail)


def _told(before: Mapping[str, Any], after: Details) -> dict[str, list[Any]]:
    """Field -> [before, after], of the fields that differ, as JSON values."""
    blank = vars(Details(""))
    changes = {field: (before.get(field, blank[field]), getattr(after, field)) for field in FIELDS}
    return {field: [_plain(old), _plain(new)] for field, (old, new) in changes.items() if old != new}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
