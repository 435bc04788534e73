"""What comparisons are called in the editor's menus, by the type of the field."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tenure.core.conditions.fields import FieldType
from tenure.core.conditions.tree import Comparison
from tenure.core.conditions.values import COMPARISONS
from tenure.ui.text import Text

WORDS: Mapping[Comparison, Text] = {
    Comparison.IS: _("is"),
    Comparison.IS_NOT: _("is not"),
    Comparison.BELOW: _("is below"),
    Comparison.AT_MOST: _("is at most"),
    Comparison.ABOVE: _("is above"),
    Comparison.AT_LEAST: _("is at least"),
    Comparison.BETWEEN: _("is between"),
    Comparison.IN: _("is one of"),
    Comparison.NOT_IN: _("is none of"),
    Comparison.CONTAINS: _("contains"),
    Comparison.NOT_CONTAINS: _("does not contain"),
    Comparison.STARTS_WITH: _("begins with"),
    Comparison.CONTAINS_ANY: _("has any of"),
    Comparison.CONTAINS_ALL: _("has all of"),
    Comparison.CONTAINS_NONE: _("has none of"),
    Comparison.IN_NEXT_DAYS: _("is within the next days"),
    Comparison.IN_LAST_DAYS: _("is within the last days"),
    Comparison.TOP: _("is among the highest"),
    Comparison.BOTTOM: _("is among the lowest"),
    Comparison.KNOWN: _("is known"),
    Comparison.UNKNOWN: _("is unknown"),
}
OF_DATES: Mapping[Comparison, Text] = {
    Comparison.BELOW: _("is before"),
    Comparison.AT_MOST: _("is on or before"),
    Comparison.ABOVE: _("is after"),
    Comparison.AT_LEAST: _("is on or after"),
}


def comparison_words(type: FieldType) -> list[tuple[Comparison, str]]:
    """The comparisons that go with a type, in order, each with its word in the person's language."""
    words = {**WORDS, **OF_DATES} if type is FieldType.DATE else WORDS
    return [(comparison, str(words[comparison])) for comparison in COMPARISONS[type]]
