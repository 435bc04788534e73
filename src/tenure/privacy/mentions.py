"""Where else a person is named: activities, follow-ups, facts, what sources sent last, samples, refused items."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from tenure.accounts.dimension import tell_warehouse
from tenure.accounts.erased import remember_erased, said_of
from tenure.accounts.models import Account, Fact
from tenure.accounts.search.keeping import names_changed
from tenure.activity.models import AccountActivity, Activity
from tenure.events.erasing import ERASED_TEXT
from tenure.events.erasing import texts as texts_in
from tenure.events.models import EventProperty, QuarantinedItem, Source
from tenure.lib.bulk import update_rows
from tenure.privacy.person import Person
from tenure.privacy.redaction import Redaction
from tenure.records.models import RECORDS
from tenure.work.models import Attachment, EarlierText, FollowUp, NextStep, Participant


def redact_mentions(person: Person, account_ids: Collection[int]) -> list[int]:
    """Takes the person out of everything people wrote in these accounts, within the caller's transaction.

    Returns the facts it changed: the warehouse has a copy of them.
    """
    texts = list(person.texts())
    some, own = Redaction(texts), Redaction(texts, own=True)
    _redact_activities(person, account_ids, some, own)
    _redact_follow_ups(person, account_ids, some, own)
    for model in RECORDS:
        _rewrite(model._default_manager.filter(account__in=account_ids), [*model.TEXTS, "more"], some)
    changed = _redact_facts(account_ids, some)
    _forget_in_events(person, some)
    return changed


def activities_of(person: Person, account_ids: Collection[int]) -> QuerySet[Activity]:
    """What was done to them, and in their accounts."""
    of_accounts = AccountActivity.objects.filter(account__in=account_ids).values("activity")
    return Activity.objects.filter(Q(pk__in=of_accounts) | Q(pk__in=_about(person)))


def _about(person: Person) -> QuerySet[Activity, int]:
    users, contacts = ([each.pk for each in some] for some in (person.users, person.contacts))
    about = Q(subject_kind="user", subject_id__in=users) | Q(subject_kind="contact", subject_id__in=contacts)
    return Activity.objects.filter(about).values_list("pk", flat=True)


def follow_ups_of(person: Person, account_ids: Collection[int]) -> QuerySet[FollowUp]:
    """Those they took part in, as a contact or by their name alone."""
    names = {user.name for user in person.users} | {contact.name for contact in person.contacts}
    named = Q(ours=False, name__in=names - {""}, follow_up__account__in=account_ids)
    took_part = Participant.objects.filter(Q(contact__in=person.contacts) | named)
    return FollowUp.objects.filter(pk__in=took_part.values("follow_up"))


def _redact_activities(person: Person, account_ids: Collection[int], some: Redaction, own: Redaction) -> None:
    about = set(_about(person))
    _rewrite(activities_of(person, account_ids), ["subject_name", "detail", "text"], some)
    changed = []
    for activity in Activity.objects.filter(pk__in=about):
        activity.subject_name = ERASED_TEXT
        activity.text = own.text(activity.text)
        activity.detail = {name: own.value(value) for name, value in activity.detail.items() if name != "changes"}
        changed.append(activity)
    update_rows(changed, ["subject_name", "detail", "text"])
    _rewrite(AccountActivity.objects.filter(account__in=account_ids), ["detail"], some)
    _rewrite(AccountActivity.objects.filter(activity__in=about), ["detail"], own)


def _redact_follow_ups(person: Person, account_ids: Collection[int], some: Redaction, own: Redaction) -> None:
    theirs = list(follow_ups_of(person, account_ids).values_list("pk", flat=True))
    Participant.objects.filter(contact__in=person.contacts).update(name=ERASED_TEXT)
    _rewrite(Participant.objects.filter(ours=False, follow_up__in=theirs), ["name"], own)
    for follow_ups, redaction in (
        (FollowUp.objects.filter(account__in=account_ids), some),
        (FollowUp.objects.filter(pk__in=theirs), own),
    ):
        _rewrite(follow_ups, ["notes", "outcome"], redaction)
        _rewrite(Participant.objects.filter(ours=False, follow_up__in=follow_ups), ["name"], redaction)
        _rewrite(EarlierText.objects.filter(follow_up__in=follow_ups), ["fields"], redaction)
        _rewrite(NextStep.objects.filter(follow_up__in=follow_ups), ["what"], redaction)
        _rewrite(Attachment.objects.filter(follow_up__in=follow_ups), ["name"], redaction)
    logged = Activity.objects.filter(subject_kind="follow_up", subject_id__in=theirs)
    _rewrite(logged, ["text", "detail"], own)


def _redact_facts(account_ids: Collection[int], some: Redaction) -> list[int]:
    """What is said of the accounts, their names too: by digests it is known again where a sender repeats it."""
    facts = Fact.objects.filter(account__in=account_ids)
    said = {
        said_of(account, text)
        for account, value in facts.values_list("account__external_id", "value")
        for text in texts_in(value)
        if some.finds(text)
    }
    remember_erased(said)
    changed = _rewrite(facts, ["value"], some)
    accounts = Account.objects.filter(pk__in=account_ids)
    _rewrite(accounts, ["traits"], some)
    if renamed := _rewrite(accounts, ["name"], some):
        names_changed(Account, renamed)
        transaction.on_commit(lambda: tell_warehouse(set(renamed)), robust=True)
    return changed


def _forget_in_events(person: Person, some: Redaction) -> None:
    ids, values = set(person.ids), {value[:80] for value in person.values() if value}
    for source in Source.objects.all():
        latest = [each for each in source.latest if each.get("user") not in ids]
        if latest != source.latest:
            Source.objects.filter(pk=source.pk).update(latest=latest)
    changed = []
    for row in EventProperty.objects.exclude(samples=[]).iterator():
        samples = [each for each in row.samples if str(each) not in values and not some.finds(str(each))]
        if samples != row.samples:
            row.samples = samples
            changed.append(row)
    update_rows(changed, ["samples"])
    for text in some.texts:
        held = QuarantinedItem.objects.filter(Q(raw__icontains=text) | Q(detail__icontains=text))
        named = [pk for pk, raw, detail in held.values_list("pk", "raw", "detail") if some.finds(f"{raw}\n{detail}")]
        QuarantinedItem.objects.filter(pk__any_of=named).delete()


def _rewrite(rows: QuerySet[Any], fields: list[str], redaction: Redaction) -> list[int]:
    """Redacts these fields of the rows; returns the keys of those that changed."""
    changed: list[Model] = []
    for row in _each(rows, fields):
        before = [getattr(row, name) for name in fields]
        after = [redaction.value(value) for value in before]
        if after != before:
            for name, value in zip(fields, after, strict=True):
                setattr(row, name, value)
            changed.append(row)
    update_rows(changed, fields)
    return [row.pk for row in changed]


def _each(rows: QuerySet[Any], fields: list[str]) -> Iterable[Any]:
    return rows.only("pk", *fields).order_by("pk").iterator()
