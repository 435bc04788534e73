"""Values of fields in words: as a page shows them, and as an input begins with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tenure.accounts.models import Field, FieldType
from tenure.people.models import Member
from tenure.ui import numbers


def show(field: Field, value: Any, members: Mapping[int, str] | None = None) -> str:
    """The value in words of the person's language; of another type than the field's, as it came.

    `members` are names already looked up.
    """
    if value is None or value in ("", []):
        return numbers.NONE
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.type == FieldType.CHOICES and isinstance(value, list):
        return _(", ").join(field.option_name(each) or str(each) for each in value)
    if field.type == FieldType.CHOICE:
        return field.option_name(value) or plain(value)
    if field.type == FieldType.MEMBER and isinstance(value, int):
        return _member_name(value, members)
    if field.type in (FieldType.NUMBER, FieldType.MONEY) and isinstance(value, int | float):
        return _number_shown(field, value)
    return plain(value)


def plain(value: Any) -> str:
    """A value nobody has described, as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return numbers.number(value)
    if isinstance(value, list):
        return _(", ").join(plain(each) for each in value)
    if isinstance(value, dict):
        return _(", ").join(f"{name}: {plain(each)}" for name, each in value.items())
    return numbers.NONE


def typed(value: Any) -> str:
    """What stands in the input to begin with."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _number_shown(field: Field, value: float) -> str:
    if field.type == FieldType.MONEY and field.currency:
        return numbers.money(round(value * 100), field.currency)
    return f"{numbers.number(value)} {field.unit}".strip()


def _member_name(key: int, members: Mapping[int, str] | None) -> str:
    if members is None:
        found = Member.objects.filter(pk=key).first()
        return str(found) if found else f"#{key}"
    return members.get(key, f"#{key}")


def source_name(source: str) -> str:
    """What said a fact, by name: what events say is kept under "events:" and the name of their source."""
    return source.removeprefix("events:")
