"""What is known of a contact, checked: telephone numbers, addresses, roles and days."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tenure.accounts.contacts.roles import NAMES, read_roles
from tenure.accounts.models import Contact
from tenure.lib.errors import TenureError

MOST_PHONES: Final = 5
MOST_NOTE: Final = 10_000
_MOST: Final = {"name": 300, "wechat": 100, "email": 300, "title": 200, "note": MOST_NOTE, "external_id": 200}
_DIGITS: Final = (3, 20)
_PHONE: Final = re.compile(r"\+?[\d\s().\-–·]+(?:\s*(?:ext\.?|x|#|转|分机)\s*\d{1,6})?", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"(?:ext\.?|x|#|转|分机)\s*\d{1,6}$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;|/，；、\n]")
_SAME_DIGITS: Final = 10  # two numbers are one when so many of their last digits agree: country codes come and go


class BadContact(TenureError):
    """Something about the contact cannot be kept; `problems` maps a field to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Details:
    """A contact's fields. `roles` are the bits of DecisionRole, `user_id` the end user they are."""

    name: str
    phones: tuple[str, ...] = ()
    wechat: str = ""
    email: str = ""
    title: str = ""
    roles: int = 0
    joined_on: date | None = None
    left_on: date | None = None
    note: str = ""
    user_id: int | None = None
    external_id: str = ""

    @classmethod
    def of(cls, contact: Contact) -> "Details":
        return cls(**{field: getattr(contact, field) for field in FIELDS if field != "phones"}, phones=_phones(contact))


FIELDS: Final = tuple(Details.__dataclass_fields__)


def checked(texts: Mapping[str, str], user_id: int | None = None) -> Details:
    """Details out of what was typed or stands in a file; `roles` as words, days as 2026-11-22 or 2026/11/22.

    Raises BadContact with every problem there is.
    """
    held = {field: _tidy(texts.get(field, "")) for field in (*_MOST, "phones", "roles", "joined_on", "left_on")}
    problems = {
        field: _("At most %(most)d characters.") % {"most": most}
        for field, most in _MOST.items()
        if len(held[field]) > most
    }
    if not held["name"]:
        problems["name"] = _("A contact needs a name.")
    phones = tuple(filter(None, (part.strip() for part in _BETWEEN.split(held["phones"]))))
    if wrong := [phone for phone in phones if not _is_phone(phone)]:
        problems["phones"] = _("“%(text)s” is no telephone number.") % {"text": wrong[0][:40]}
    elif len(phones) > MOST_PHONES:
        problems["phones"] = _("At most %(most)d telephone numbers.") % {"most": MOST_PHONES}
    if held["email"] and not _is_email(held["email"]):
        problems.setdefault("email", _("“%(text)s” is no e-mail address.") % {"text": held["email"][:60]})
    roles, unknown = read_roles(held["roles"])
    if unknown:
        known = ", ".join(NAMES.values())
        problems["roles"] = _("“%(text)s” is no role. Roles are %(known)s.") % {"text": unknown[0][:40], "known": known}
    days = {field: _day(field, held[field], problems) for field in ("joined_on", "left_on")}
    if days["joined_on"] and days["left_on"] and days["left_on"] < days["joined_on"]:
        problems["left_on"] = _("Nobody leaves before they join.")
    if problems:
        raise BadContact(problems)
    return Details(
        name=held["name"],
        phones=phones,
        wechat=held["wechat"],
        email=held["email"],
        title=held["title"],
        roles=roles,
        joined_on=days["joined_on"],
        left_on=days["left_on"],
        note=held["note"],
        user_id=user_id,
        external_id=held["external_id"],
    )


def phone_key(phone: str) -> str:
    """The digits that two ways to write one number share."""
    return re.sub(r"\D", "", _EXTENSION.sub("", phone))[-_SAME_DIGITS:]


def mail_key(email: str) -> str:
    return email.casefold()


def search_text(details: Details) -> str:
    """What a search looks in: a contact is found when this contains search_needle."""
    numbers = (re.sub(r"\D", "", phone) for phone in details.phones)
    texts = (details.name, details.email, details.wechat, details.title, *details.phones, *numbers)
    return fold("\n".join(texts))


def search_needle(text: str) -> str:
    return fold(text.replace("\n", " ").strip())


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _phones(contact: Contact) -> tuple[str, ...]:
    kept: Iterable[str] = contact.phones
    return tuple(kept)


def _tidy(text: str) -> str:
    return text.replace("\0", "").strip()


def _is_phone(text: str) -> bool:
    least, most = _DIGITS
    return bool(_PHONE.fullmatch(text)) and least <= len(re.sub(r"\D", "", text)) <= most


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _day(field: str, text: str, problems: dict[str, str]) -> date | None:
    if not text:
        return None
    parts = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", text)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else date.fromisoformat(text)
    except ValueError:
        problems[field] = _("“%(text)s” is no day. Write it as 2026-11-22.") % {"text": text[:40]}
        return None
