"""What the editor of conditions knows: the fields, their comparisons and options, and its words, as plain data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenure.core.conditions.document import MOST_DAYS
from tenure.core.conditions.fields import FieldType
from tenure.segments.catalogue import Catalogue, Entry
from tenure.segments.comparison_words import comparison_words
from tenure.ui.embedded import embedded

JSON = dict[str, object]


@dataclass(frozen=True)
class Editor:
    """What the template `web/segments/editor.html` puts on a page.

    `condition` is what stands in it, as JSON text, also when it cannot be used: `problem` says why not, `path` where.
    """

    condition: str
    data: SafeString
    problem: str = ""
    path: str = ""


def editor(condition: Mapping[str, Any] | str, catalogue: Catalogue, problem: str = "", path: str = "") -> Editor:
    """The editor with a condition in it: a document, or the text a form sent."""
    text = condition if isinstance(condition, str) else compact(condition)
    return Editor(text, embedded(editor_data(catalogue)), problem, path)


def compact(document: Mapping[str, Any]) -> str:
    """A document as short as JSON can be, as addresses and forms carry it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def editor_data(catalogue: Catalogue) -> JSON:
    """Groups of fields, comparisons by type, members and words, in the person's language."""
    groups = [{"name": group.name, "fields": [_field(entry) for entry in group.entries]} for group in catalogue.groups]
    return {
        "groups": groups,
        "comparisons": {
            type.value: [[each.value, word] for each, word in comparison_words(type)] for type in FieldType
        },
        "members": [["me", _("me")], *([str(pk), name] for pk, name in catalogue.members)],
        "mostDays": MOST_DAYS,
        "words": _words(),
    }


def _field(entry: Entry) -> JSON:
    found: JSON = {"key": entry.field.key, "name": entry.name, "type": entry.field.type.value}
    if entry.options:
        found["options"] = [[value, name] for value, name in entry.options]
    if unit := entry.currency or entry.unit:
        found["unit"] = unit
    if entry.field.window_days:
        found["window"] = entry.field.window_days
    return found


def _words() -> dict[str, str]:
    """By the name under which the script asks for them; #, in them, is a number or a name."""
    return {
        "all": _("All of these hold"),
        "any": _("At least one of these holds"),
        "not": _("This does not hold"),
        "held": _("This held on every one of the last"),
        "became": _("This became so within the last"),
        "days": _("days"),
        "everyone": _("Every customer is meant. Add a condition."),
        "add": _("Add a condition"),
        "addGroup": _("Add a group"),
        "field": _("Choose what to ask about"),
        "search": _("Search"),
        "nothing": _("Nothing found"),
        "unknownField": _("# is not there any more"),
        "measure": _("What is compared"),
        "itself": _("its value"),
        "period_before": _("its change from the # days before"),
        "days_before": _("its change from some days before"),
        "year_before": _("its change from a year before"),
        "comparison": _("How it is compared"),
        "value": pgettext("of a property", "Value"),
        "from": _("From"),
        "to": _("To"),
        "and": _("and"),
        "share": _("in per cent"),
        "difference": _("as a difference"),
        "minimum": _("when it was at least"),
        "points": _("pp"),
        "count": _("customers"),
        # xgettext:no-python-format
        "percent": _("% of the customers"),
        "within": _("Ranked among"),
        "everybody": _("all customers"),
        "same": _("those of the same: #"),
        "date": _("on the date"),
        "relative": _("counted from the day"),
        "before": _("days before"),
        "after": _("days after"),
        "yes": _("Yes"),
        "no": _("No"),
        "list": _("Add a value"),
        "remove": _("Remove"),
        "removeOf": _("Remove #"),
        "more": _("More"),
        "moveUp": _("Move up"),
        "moveDown": _("Move down"),
        "duplicate": _("Duplicate"),
        "wrapAll": _("Put into a group"),
        "wrapNot": _("Turn into the opposite"),
        "wrapHeld": _("Must have held for days"),
        "wrapBecame": _("Must have become so within days"),
        "unwrap": _("Take out of this"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "incomplete": _("Complete what is marked: then the customers are counted."),
        "missing": _("Something is missing here."),
        "offline": _("The server does not answer. What you built is still here."),
    }
