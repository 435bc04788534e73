"""What was done with a contact, in words: who, when, and how each field read before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenure.accounts.contacts.roles import LABELS, roles_of
from tenure.accounts.contacts.verbs import history_of
from tenure.accounts.models import Contact, User
from tenure.activity.telling import sentence
from tenure.ui.text import Text

FIELDS: dict[str, Text] = {
    "name": pgettext_lazy("a person", "Name"),
    "title": _("Title"),
    "roles": _("Role in the decision"),
    "phones": _("Telephone"),
    "wechat": _("WeChat"),
    "email": _("E-mail"),
    "joined_on": _("Joined on"),
    "left_on": _("Left on"),
    "user_id": _("The user they are"),
    "note": _("Note"),
    "external_id": _("Id"),
}


@dataclass(frozen=True)
class Told:
    """`changes` as (field, before, after); empty text is nothing."""

    at: datetime
    text: str
    changes: list[tuple[Text, str, str]]


def told_history(contact: Contact) -> list[Told]:
    """Latest first."""
    return [
        Told(each.recorded_at, sentence(each), [] if each.verb == "contact.added" else _changes(each.detail))
        for each in history_of(contact)
    ]


def _changes(detail: dict[str, Any]) -> list[tuple[Text, str, str]]:
    changes: dict[str, list[Any]] = detail.get("changes", {})
    return [(FIELDS.get(field, field), _text(field, old), _text(field, new)) for field, (old, new) in changes.items()]


def _text(field: str, value: Any) -> str:
    if field == "roles":
        return ", ".join(str(LABELS[role]) for role in roles_of(value or 0))
    if field == "user_id":
        user = User.objects.filter(pk=value).first() if value else None
        return str(user) if user else ""
    return ", ".join(value) if isinstance(value, list) else str(value or "")
