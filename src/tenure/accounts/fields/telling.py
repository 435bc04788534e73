"""Changes of fields in words that stay: as the field and its options were called when it was changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tenure.accounts.fields.words import show
from tenure.accounts.models import Field
from tenure.ui.numbers import NONE

#: A text in every language of the product, or one that is the same in all.
Texts = str | dict[str, str]


@dataclass(frozen=True)
class Change:
    """One field from one value to another. `before` is None where many accounts differ in it."""

    key: str
    name: Texts
    before: Texts | None
    after: Texts

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Change":
        return cls(kept["key"], kept["name"], kept["before"], kept["after"])

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "name": self.name, "before": self.before, "after": self.after}

    @property
    def text(self) -> str:
        """What a search finds it by."""
        return " ".join(dict.fromkeys(each for texts in (self.name, self.after) for each in _all(texts)))

    def said(self) -> str:
        name, after = in_use(self.name), in_use(self.after)
        if self.before is None or in_use(self.before) == NONE:
            return _("%(field)s: %(after)s") % {"field": name, "after": after}
        shown = {"field": name, "before": in_use(self.before), "after": after}
        return _("%(field)s: %(before)s → %(after)s") % shown


def told(field: Field, before: Any, after: Any) -> Change:
    """The change with the words of today."""
    said: dict[str, tuple[str, str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(field), show(field, before), show(field, after)
    name, old, new = (_texts(dict(zip(said, each, strict=True))) for each in zip(*said.values(), strict=True))
    return Change(field.key, name, old, new)


def said(changes: Any) -> str:
    """The changes of a detail, in the active language."""
    return _(", ").join(Change.of(each).said() for each in changes)


#: For the verbs that have changes in their detail.
WORDS: dict[str, Callable[[Any], object]] = {"changes": said}


def _texts(texts: dict[str, str]) -> Texts:
    """One text where all languages say the same."""
    return texts if len(set(texts.values())) > 1 else next(iter(texts.values()))


def in_use(texts: Texts) -> str:
    if isinstance(texts, str):
        return texts
    return texts.get(translation.get_language() or "") or next(iter(texts.values()))


def _all(texts: Texts) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts.values())
