"""Erasing a person. Users stay as numbers, so that no count and no past report changes; nothing personal stays.

The verb's transaction takes them out of the operational tables, writes down by digests whom not to know again
(accounts.erased), and puts the rest of the work into the queue: the inbox and the warehouse (privacy.sweep).
"""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenure.accounts.erased import PREFIX, digest, remember_erased
from tenure.accounts.fact_copy import copy_again
from tenure.accounts.models import Contact, ErasedId, FileStatement, User
from tenure.accounts.search.keeping import names_changed
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.events.erasing import ERASED_TEXT
from tenure.exports.keeping import let_go_of_all as let_go_of_exports
from tenure.imports.forgetting import let_go_of_all as let_go_of_imports
from tenure.integrations.forgetting import let_go_of_samples
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.bulk import update_rows
from tenure.people.models import KeptAnswer, Member
from tenure.privacy.ledger import contact_text, write_ledger
from tenure.privacy.mentions import redact_mentions
from tenure.privacy.person import Person, person_of_contact, person_of_user
from tenure.warehouse.store import Store

USER_ERASED = verb("privacy.user_erased", _("{by} erased the personal data of a user"))
CONTACT_ERASED = verb("privacy.contact_erased", _("{by} erased the personal data of a contact"))
#: The job that takes erased people out of the inbox and the warehouse.
SWEEP = "sweep_erased"


def erase_user(user: User, actor: Member | None, store: Store, *, contacts: bool = False) -> bool:
    """Erases a user and all their ids, with `contacts` also the contacts that are them; False: it was done before."""
    person = person_of_user(user)
    found = list(Contact.objects.filter(user__in=person.users).exclude(name="")) if contacts else []
    with transaction.atomic():
        accounts = person.account_ids(store)
        erased = _is_held(person)
        if erased:
            facts = forget(person, accounts, {})
            subject = Subject("user", person.users[0].pk, ERASED_TEXT)
            record(USER_ERASED, actor, subject=subject, accounts=accounts)
            _finish(facts, store)
        for contact in found:
            erase_contact(contact, actor, store)
    return erased or bool(found)


def erase_contact(contact: Contact, actor: Member | None, store: Store, *, user: bool = False) -> bool:
    """Erases a contact, with `user` also the user they are; False: it was done before."""
    person, linked = person_of_contact(contact), contact.user if user else None
    erased = bool(contact.name)
    with transaction.atomic():
        accounts = person.account_ids(None)
        if erased:
            facts = forget(person, accounts, {})
            record(CONTACT_ERASED, actor, subject=Subject("contact", contact.pk, ERASED_TEXT), accounts=accounts)
            _finish(facts, store)
        if linked is not None:
            erased |= erase_user(linked, actor, store)
    return erased


def forget(person: Person, account_ids: set[int], erased_as: Mapping[str, str]) -> list[int]:
    """Takes the person out of the operational tables, within the caller's transaction; returns the facts it changed.

    `erased_as` gives, by its digest, what takes an id's place where that was said before.
    """
    facts = redact_mentions(person, account_ids)
    let_go_of_imports()
    let_go_of_samples()
    let_go_of_exports()
    now, known = clock.now(), set(person.ids)
    KeptAnswer.objects.all().delete()
    values = {text for user in person.users for text in (user.name, user.email) if text} - known
    for identity in person.identities:
        identity.traits = {}
        if identity.external_id in known:
            key = digest(identity.external_id)
            identity.external_id = erased_as.get(key) or PREFIX + secrets.token_hex(8)
            row = {"erased_as": identity.external_id, "erased_at": now}
            ErasedId.objects.update_or_create(digest=key, defaults=row)
    update_rows(person.identities, ["external_id", "traits"])
    FileStatement.objects.filter(identity__in=person.identities).update(traits={})
    for user in person.users:
        user.name, user.email, user.traits, user.traits_at = "", "", {}, None
    update_rows(person.users, ["name", "email", "traits", "traits_at"])
    names_changed(User, [user.pk for user in person.users])
    remember_erased(values)
    for contact in person.contacts:
        ErasedId.objects.get_or_create(digest=digest(contact_text(contact)), defaults={"erased_at": now})
        _empty(contact)
    names_changed(Contact, [contact.pk for contact in person.contacts])
    return facts


def _empty(contact: Contact) -> None:
    now = clock.now()
    for name in ("external_id", "name", "wechat", "email", "title", "note", "search_text"):
        setattr(contact, name, "")
    contact.phones, contact.roles, contact.joined_on, contact.left_on = [], 0, None, None
    contact.changed_at, contact.removed_at = now, contact.removed_at or now
    contact.save()


def _is_held(person: Person) -> bool:
    """Whether anything personal is left of the user."""
    return bool(person.ids) or any(user.name or user.email or user.traits for user in person.users)


def _finish(facts: list[int], store: Store) -> None:
    """Once the transaction is written: the file beside the database, and the warehouse's copy of the facts."""
    enqueue(SWEEP, {"facts": facts} if facts else {}, key="" if facts else SWEEP)
    transaction.on_commit(lambda: write_ledger(settings.CONFIG), robust=True)
    if facts:
        transaction.on_commit(lambda: copy_again(store, facts), robust=True)
