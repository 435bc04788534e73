"""Everything held about a person, as one JSON document in pieces: it may be long, and is never whole in memory."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenure.accounts.contacts.details import FIELDS
from tenure.accounts.contacts.roles import NAMES, roles_of
from tenure.accounts.models import Account, Contact, Fact, FileStatement, IdentityClaim, UserLink
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.events.erasing import ERASED_TEXT
from tenure.events.models import EventType
from tenure.lib import clock
from tenure.people.models import Member
from tenure.privacy.mentions import activities_of, follow_ups_of
from tenure.privacy.person import Person
from tenure.privacy.redaction import Redaction
from tenure.records.keeping import as_json as record_as_json
from tenure.records.models import RECORDS
from tenure.warehouse.store import EventFilter, Store

EXPORTED = verb("privacy.exported", _("{by} exported the personal data of a person"), False)
_PAGE = 1_000
_encoder = DjangoJSONEncoder(ensure_ascii=False)


def note_export(person: Person, actor: Member | None) -> None:
    """Writes down that somebody took the document."""
    kind, key = ("user", person.users[0].pk) if person.users else ("contact", person.contacts[0].pk)
    with transaction.atomic():
        record(EXPORTED, actor, subject=Subject(kind, key, ERASED_TEXT if not any(person.texts()) else f"#{key}"))


def as_json(person: Person, store: Store) -> Iterator[str]:
    """The document as JSON text, piece by piece."""
    yield '{"exported_at": ' + _encoder.encode(clock.now())
    for name, rows in sections(person, store):
        yield f",\n{_encoder.encode(name)}: ["
        for place, row in enumerate(rows):
            yield (",\n " if place else "\n ") + _encoder.encode(row)
        yield "]"
    yield "}\n"


def sections(person: Person, store: Store) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """The parts of the document: (name, rows)."""
    accounts = person.account_ids(store)
    mentioned = Redaction(person.texts())
    yield "users", (_user(each) for each in person.users)
    yield "ids", ({"id": each.external_id, "anonymous": each.anonymous} for each in person.identities)
    yield "said_by_ids", _claims(person)
    yield "belonged_to", _links(person)
    yield "said_by_files", _file_statements(person)
    yield "contacts", (_contact(each) for each in person.contacts or _contacts_of(person))
    yield "facts", _facts(accounts, mentioned)
    yield "follow_ups", _follow_ups(person, accounts)
    yield "records", _records(accounts, mentioned)
    yield "activities", _activities(person, accounts, mentioned)
    yield "events", _events(person, store)


def _user(user: Any) -> dict[str, Any]:
    names = ("id", "name", "email", "traits", "created_at", "excluded_at")
    return {name: getattr(user, name) for name in names}


def _claims(person: Person) -> Iterator[dict[str, Any]]:
    claims = IdentityClaim.objects.filter(identity__in=person.identities).order_by("at", "pk")
    for text, by, at in claims.values_list("identity__external_id", "claimed_by__external_id", "at"):
        yield {"id": text, "same_person_as": by, "since": at}


def _links(person: Person) -> Iterator[dict[str, Any]]:
    links = UserLink.objects.filter(identity__in=person.identities).order_by("since", "pk")
    for text, account, since in links.values_list("identity__external_id", "account__external_id", "since"):
        yield {"id": text, "account": account, "since": since}


def _file_statements(person: Person) -> Iterator[dict[str, Any]]:
    stated = FileStatement.objects.filter(identity__in=person.identities).order_by("at", "pk")
    for text, account, at, traits in stated.values_list(
        "identity__external_id", "account__external_id", "at", "traits"
    ):
        yield {"id": text, "account": account, "since": at, "traits": traits}


def _contacts_of(person: Person) -> list[Contact]:
    return list(Contact.objects.filter(user__in=person.users).order_by("pk"))


def _contact(contact: Contact) -> dict[str, Any]:
    held = {name: getattr(contact, name) for name in FIELDS}
    held["roles"] = [NAMES[role] for role in roles_of(contact.roles)]
    added = {"account": contact.account.external_id, "source": contact.source, "added_at": contact.created_at}
    return {"id": contact.pk, **held, **added}


def _facts(accounts: set[int], mentioned: Redaction) -> Iterator[dict[str, Any]]:
    facts = Fact.objects.filter(account__in=accounts).select_related("account").order_by("pk")
    for fact in facts.iterator():
        if mentioned.value(fact.value) != fact.value:
            told = {"account": fact.account.external_id, "field": fact.field, "value": fact.value}
            yield {**told, "true_from": fact.valid_from, "recorded_at": fact.recorded_at, "source": fact.source}


def _follow_ups(person: Person, accounts: set[int]) -> Iterator[dict[str, Any]]:
    follow_ups = follow_ups_of(person, accounts).select_related("account", "type").order_by("at", "pk")
    for each in follow_ups.prefetch_related("participants", "next_steps", "attachments"):
        yield {
            "account": each.account.external_id,
            "type": each.type.key,
            "at": each.at,
            "notes": each.notes,
            "outcome": each.outcome,
            "people": [other.name for other in each.participants.all()],
            "next_steps": [step.what for step in each.next_steps.all()],
            "files": [file.name for file in each.attachments.all()],
        }


def _records(accounts: set[int], mentioned: Redaction) -> Iterator[dict[str, Any]]:
    """Tickets, survey answers and opportunities that name them."""
    for model in RECORDS:
        rows = model._default_manager.filter(account__in=accounts).select_related("account").order_by("pk")
        for row in rows.iterator():
            said = record_as_json(row)
            if mentioned.value(said) != said:
                told = {"kind": model._meta.model_name, "account": row.account.external_id, "id": row.key}
                yield {**told, **said, "source": row.source}


def _activities(person: Person, accounts: set[int], mentioned: Redaction) -> Iterator[dict[str, Any]]:
    subjects = {("user", user.pk) for user in person.users} | {("contact", each.pk) for each in person.contacts}
    for each in activities_of(person, accounts).order_by("recorded_at", "pk").iterator():
        texts = [each.subject_name, each.text, each.detail]
        if (each.subject_kind, each.subject_id) in subjects or mentioned.value(texts) != texts:
            told = {"verb": each.verb, "at": each.at, "by": each.by, "subject": each.subject_name}
            yield {**told, "detail": each.detail, "text": each.text}


def _events(person: Person, store: Store) -> Iterator[dict[str, Any]]:
    """Latest first."""
    if not person.users:
        return
    names = dict(EventType.objects.values_list("pk", "name"))
    accounts = dict(Account.objects.values_list("pk", "external_id"))
    wanted = EventFilter(user_id=person.users[0].pk)
    while rows := store.events(wanted, _PAGE):
        for row in rows:
            told = {"event": names.get(row.event_id), "time": row.time, "received_at": row.received_at}
            yield {**told, "account": accounts.get(row.account_id), "properties": json.loads(row.properties)}
        wanted = replace(wanted, before=(rows[-1].time, rows[-1].message_id))
