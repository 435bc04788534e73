"""The input of a field by its type, with a value or with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tenure.accounts.fields.words import typed
from tenure.accounts.models import Field, FieldType
from tenure.people.models import Member

SHORT = 120  # characters up to which a text has one line


@dataclass(frozen=True)
class Control:
    """`chosen` are the texts in the input, which is called `name`; `options` (value, name) of a choice.

    `focused`: it has the focus once it is on the page. `locked` are options a rule writes: seen, not changed here.
    """

    field: Field
    chosen: Sequence[str]
    options: Sequence[tuple[str, str]] = ()
    name: str = "value"
    focused: bool = True
    locked: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return self.chosen[0] if self.chosen else ""

    @property
    def is_long(self) -> bool:
        return self.field.type == FieldType.TEXT and (self.field.longest or SHORT + 1) > SHORT


def control_of(field: Field, value: Any, name: str = "value", *, focused: bool = True) -> Control:
    """The input with a value in it."""
    texts = [str(each) for each in value] if isinstance(value, list) else [typed(value)]
    return control_with(field, texts, name, focused=focused)


def control_with(field: Field, texts: Sequence[str], name: str = "value", *, focused: bool = True) -> Control:
    """The input with what was typed."""
    return Control(field, texts, _options(field, texts), name, focused, field.ruled)


def _options(field: Field, texts: Sequence[str]) -> list[tuple[str, str]]:
    """What may be chosen, and what is chosen although it is no option any more."""
    if field.type == FieldType.MEMBER:
        members = Member.objects.filter(is_active=True).order_by("name", "email")
        return [(str(member.pk), str(member)) for member in members]
    if field.type not in (FieldType.CHOICE, FieldType.CHOICES):
        return []
    offered = [(str(option["value"]), field.option_name(option["value"]) or "") for option in field.offered]
    others = [text for text in texts if text and text not in {value for value, _name in offered}]
    return offered + [(text, field.option_name(text) or text) for text in others]
