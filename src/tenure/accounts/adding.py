"""A customer that somebody adds by hand, before any event or file names it."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.dimension import tell_warehouse
from tenure.accounts.fields.editing import BY_HAND, editable
from tenure.accounts.fields.typed import check
from tenure.accounts.keeping import GivenAccount, keep_accounts
from tenure.accounts.models import Account
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.lib.instants import to_us
from tenure.people.models import Member

ADDED = verb("account.added", gettext_lazy("{by} added the customer {subject}"))
MOST_ID: Final = 200
MOST_NAME: Final = 300


class BadAccount(TenureError):
    """The customer cannot be added so; the message says why."""


class AccountExists(TenureError):
    """There is a customer of this id already."""


def add_account(external_id: str, name: str, values: Mapping[str, Any], *, actor: Member) -> Account:
    """Adds a customer with values of fields by key, which hold from now on; the warehouse lists it once it is written.

    Raises BadAccount, AccountExists and what fields.editing.set_fields does; then nothing is written.
    """
    external_id, name = external_id.strip(), " ".join(name.split())
    if not 1 <= len(external_id) <= MOST_ID:
        raise BadAccount(_("A customer's id has 1 to %(most)s characters.") % {"most": MOST_ID})
    if len(name) > MOST_NAME:
        raise BadAccount(_("A customer's name has at most %(most)s characters.") % {"most": MOST_NAME})
    fields = editable(values, actor)
    checked = {key: check(fields[key], value) for key, value in values.items()}
    now = clock.now()
    with transaction.atomic():
        if Account.objects.filter(external_id=external_id).exists():
            raise AccountExists(_("There is a customer %(id)s already.") % {"id": external_id})
        given = GivenAccount(external_id, to_us(now), {"name": name, **checked} if name else checked)
        (key,) = keep_accounts([given], BY_HAND, now, settings.CONFIG.zone, actor)
        account = Account.objects.get(pk=key)
        record(ADDED, actor, subject=Subject("account", key, str(account)), accounts=[key])
        transaction.on_commit(lambda: tell_warehouse({key}), robust=True)
    return account
