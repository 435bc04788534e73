"""Values of fields by their type: read from what people type, and checked. words.py shows them.

A value is kept as JSON: text, phone and link as text; number and money as a number (money in whole units of the field's
currency, with two decimals at most); a date as "2026-11-22"; a choice as its option's value, several as a list in the
options' order; a member as their id; yes or no as true or false. Nothing is null.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tenure.accounts.models import Field, FieldType
from tenure.lib.errors import TenureError
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.ui import numbers

LONGEST: Final = 2_000  # characters of a text without a limit of its own
_LARGEST: Final = 10**15
_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YES: Final = {"yes", "true", "y", "1", "是", "有"}
_NO: Final = {"no", "false", "n", "0", "否", "无"}


class BadValue(TenureError):
    """What was typed is no value of the field; the message says what would be."""


def read(field: Field, typed: str | Sequence[str]) -> Any:
    """The value of what was typed, several choices as a list of texts or one text with commas. Raises BadValue."""
    texts = [typed] if isinstance(typed, str) else list(typed)
    texts = [unicodedata.normalize("NFC", text).replace("\0", "").strip() for text in texts]
    texts = [text for text in texts if text]
    if not texts:
        return check(field, None)
    if field.type == FieldType.CHOICES:
        parts = [part.strip() for text in texts for part in re.split(r"[,，;；、]", text)]
        return check(field, [_option(field, part) for part in parts if part])
    return check(field, _READ[FieldType(field.type)](field, texts[0]))


def check(field: Field, value: Any) -> Any:
    """The value, when it is one of the field; raises BadValue."""
    if value is None or value == []:
        if field.required:
            raise BadValue(_("This cannot be empty."))
        return None
    _CHECK[FieldType(field.type)](field, value)
    if field.type == FieldType.CHOICES:
        return [option["value"] for option in field.options if option["value"] in value]
    return value


def _text(field: Field, text: str) -> str:
    return text


def _number(field: Field, text: str) -> int | float:
    cleaned = unicodedata.normalize("NFKC", text)
    cleaned = re.sub(r"[\s,_']|[A-Z]{3}(?=[\s\d])|[¥$€£]", "", cleaned).replace("\u2212", "-")
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        raise BadValue(_("Write a number, such as 1200 or 12.5.")) from None
    if not number.is_finite() or abs(number) > _LARGEST:
        raise BadValue(_("That number is too large."))
    return int(number) if number == number.to_integral_value() else float(number)


def _date(field: Field, text: str) -> str:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> str:
    raise BadValue(_("Write a date as year-month-day, such as 2026-11-22."))


def _option(field: Field, text: str) -> str:
    folded = text.casefold()
    for option in field.options:
        names = (option["value"], option["name"], *option.get("names", {}).values())
        if folded in {str(name).casefold() for name in names}:
            return str(option["value"])
    offered = _(", ").join(field.option_name(option["value"]) or "" for option in field.options)
    raise BadValue(_("“%(text)s” is not offered. Choose one of: %(options)s.") % {"text": text, "options": offered})


def _member(field: Field, text: str) -> int:
    members = Member.objects.filter(is_active=True)
    key = whole(text)
    member = (members.filter(email=text.lower()) if key is None else members.filter(pk=key)).first()
    if member is None:
        raise BadValue(_("Choose a member who works here now."))
    return int(member.pk)


def _phone(field: Field, text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def _link(field: Field, text: str) -> str:
    return text if "://" in text or ":" in text.split("/")[0] else f"https://{text}"


def _yes_no(field: Field, text: str) -> bool:
    folded = text.casefold()
    if folded not in _YES | _NO:
        raise BadValue(_("Write yes or no."))
    return folded in _YES


def _check_text(field: Field, value: Any) -> None:
    most = min(field.longest or LONGEST, LONGEST)
    if not isinstance(value, str):
        raise BadValue(_("Write a text."))
    if len(value) > most:
        raise BadValue(_("At most %(count)s characters; these are %(given)s.") % {"count": most, "given": len(value)})


def _check_number(field: Field, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > _LARGEST:
        raise BadValue(_("Write a number, such as 1200 or 12.5."))
    if field.minimum is not None and value < field.minimum:
        raise BadValue(_("At least %(limit)s.") % {"limit": numbers.number(field.minimum)})
    if field.maximum is not None and value > field.maximum:
        raise BadValue(_("At most %(limit)s.") % {"limit": numbers.number(field.maximum)})
    if field.type == FieldType.MONEY and round(value, 2) != value:
        raise BadValue(_("Money has two decimals at most."))


def _check_date(field: Field, value: Any) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        _no_date()


def _check_choice(field: Field, value: Any) -> None:
    if field.option_name(value) is None:
        _option(field, str(value))
        raise BadValue(_("Choose one of the options."))


def _check_choices(field: Field, value: Any) -> None:
    if not isinstance(value, list):
        raise BadValue(_("Choose one of the options."))
    for each in value:
        _check_choice(field, each)


def _check_member(field: Field, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue(_("Choose a member who works here now."))
    _member(field, str(value))


def _check_phone(field: Field, value: Any) -> None:
    _check_text(field, value)
    digits = sum(letter.isdigit() for letter in value)
    if not 5 <= digits <= 20 or not re.fullmatch(r"[+\d][\d\s()./\-*#,;xX转分机]*", value):
        raise BadValue(_("Write a phone number, such as +86 138 0000 0000."))


def _check_link(field: Field, value: Any) -> None:
    _check_text(field, value)
    try:
        address = urlsplit(value)
        usable = address.scheme in ("http", "https") and "." in (address.hostname or "")
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", value):
        raise BadValue(_("Write a web address, such as https://example.com."))


def _check_yes_no(field: Field, value: Any) -> None:
    if not isinstance(value, bool):
        raise BadValue(_("Write yes or no."))


_READ: Final[Mapping[FieldType, Callable[[Field, str], Any]]] = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _option,
    FieldType.MEMBER: _member,
    FieldType.PHONE: _phone,
    FieldType.LINK: _link,
    FieldType.YES_NO: _yes_no,
}
_CHECK: Final[Mapping[FieldType, Callable[[Field, Any], None]]] = {
    FieldType.TEXT: _check_text,
    FieldType.NUMBER: _check_number,
    FieldType.MONEY: _check_number,
    FieldType.DATE: _check_date,
    FieldType.CHOICE: _check_choice,
    FieldType.CHOICES: _check_choices,
    FieldType.MEMBER: _check_member,
    FieldType.PHONE: _check_phone,
    FieldType.LINK: _check_link,
    FieldType.YES_NO: _check_yes_no,
}
