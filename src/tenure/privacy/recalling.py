"""Applies the erasures again that the database does not know: an older one was put back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenure.accounts.erased import digest
from tenure.accounts.models import Contact, ErasedId, Identity, User
from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.config import Config
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.privacy.erasing import SWEEP, forget
from tenure.privacy.ledger import contact_text, read_ledger, write_ledger
from tenure.privacy.person import person_of_contact, person_of_user

APPLIED_AGAIN = verb("privacy.applied_again", _("{by} applied {count} erasures again after a restore"), False)


def recall_erasures(config: Config) -> int:
    """Brings the ledger and the database in step; returns how many erasures the database did not know.

    Called when a process starts, and after a restore. Without erasures it costs one look at a file and a table.
    """
    known = set(ErasedId.objects.values_list("digest", flat=True))
    lost = {line["digest"]: line["erased_as"] for line in read_ledger(config) if line["digest"] not in known}
    if lost:
        with transaction.atomic():
            _forget_users(lost)
            _forget_contacts(lost)
            done = set(ErasedId.objects.filter(digest__in=lost).values_list("digest", flat=True))
            rest = [ErasedId(digest=key, erased_as=lost[key], erased_at=clock.now()) for key in lost.keys() - done]
            ErasedId.objects.bulk_create(rest, batch_size=200)
            record(APPLIED_AGAIN, None, detail={"count": len(lost)})
            enqueue(SWEEP, key=SWEEP)
    write_ledger(config)
    return len(lost)


def _forget_users(lost: Mapping[str, str]) -> None:
    rows = Identity.objects.values_list("external_id", "user_id").iterator()
    users = {user_id for external_id, user_id in rows if digest(external_id) in lost}
    for user in User.objects.filter(pk__in=users):
        person = person_of_user(user)
        forget(person, person.account_ids(None), lost)


def _forget_contacts(lost: Mapping[str, str]) -> None:
    for contact in Contact.objects.exclude(name="").only("pk", "created_at").iterator():
        if digest(contact_text(contact)) in lost:
            person = person_of_contact(Contact.objects.get(pk=contact.pk))
            forget(person, person.account_ids(None), lost)
