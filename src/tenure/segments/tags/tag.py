"""A tag is an option of the field `tags` of the profile cards, which is the one place where it is written down.

So who had it on a day is a fact like any other: shown, corrected, imported, and asked about by conditions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import get_language

from tenure.accounts.fields.defaults import CHINESE
from tenure.accounts.fields.reading import fields_by_key
from tenure.accounts.models import Field, FieldType
from tenure.activity.recording import Subject

FIELD: Final = "tags"
#: The palette: names of the chart's colours, which the colour-blind tell apart, too.
TONES: Final = ("1", "2", "3", "4", "5", "6")


@dataclass(frozen=True)
class Rule:
    """`condition` is a document of core.conditions.document. Each change of it is a `version`, counted from 1."""

    condition: Mapping[str, Any]
    version: int = 1


@dataclass(frozen=True)
class Tag:
    """`value` is what facts say. A tag with a `rule` is put on and taken off by it alone, any other by people."""

    value: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    tone: str = ""
    rule: Rule | None = None
    archived: bool = False

    def __str__(self) -> str:
        return self.names.get(get_language() or "") or self.name

    @property
    def chinese(self) -> str:
        return self.names.get(CHINESE, "")

    @property
    def by_hand(self) -> bool:
        return self.rule is None and not self.archived

    @property
    def told(self) -> list[dict[str, Any]]:
        """Its name as activity.naming.told keeps it."""
        return [{"name": self.name, "names": dict(self.names)}]

    @property
    def subject(self) -> Subject:
        """As activities name it."""
        return Subject("tag", None, self.name)

    @classmethod
    def of(cls, option: Mapping[str, Any]) -> "Tag":
        rule = option.get("rule")
        return cls(
            value=option["value"],
            name=option["name"],
            names=option.get("names", {}),
            tone=option.get("tone", ""),
            rule=Rule(rule["condition"], rule["version"]) if rule else None,
            archived=bool(option.get("archived")),
        )

    @property
    def option(self) -> dict[str, Any]:
        """As the field keeps it."""
        kept: dict[str, Any] = {"value": self.value, "name": self.name, "names": dict(self.names)}
        if self.tone:
            kept["tone"] = self.tone
        if self.rule:
            kept["rule"] = {"condition": dict(self.rule.condition), "version": self.rule.version}
        if self.archived:
            kept["archived"] = True
        return kept


def tags_field() -> Field | None:
    """The field whose options are the tags; None while no card in use has it."""
    found = fields_by_key([FIELD]).get(FIELD)
    return found if found is not None and found.type == FieldType.CHOICES else None


def tag_called(text: str, tags: Mapping[str, Tag]) -> Tag | None:
    """The tag that has this name in any language, whatever the case."""
    name = " ".join(text.split()).casefold()
    return next((tag for tag in tags.values() if name and name in {tag.name.casefold(), tag.chinese.casefold()}), None)


def tags_of(field: Field | None) -> dict[str, Tag]:
    """All its tags by value, archived ones too, in their order."""
    return {option["value"]: Tag.of(option) for option in field.options} if field else {}
