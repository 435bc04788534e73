"""Tags in the customers list: the filter, and putting one on chosen customers."""

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from tenure.segments.tags.tag import FIELD, Tag
from tenure.ui.bulk import Ask
from tenure.ui.table import Menu, MenuItem, TableState
from tenure.web.tags.shown import PARAMETER


def condition_of(value: str) -> str:
    """The condition that means the customers with a tag."""
    return json.dumps({"field": f"fact.{FIELD}", "comparison": "contains_any", "value": [value]})


def tag_menu(table: TableState, asked: str, tags: Mapping[str, Tag]) -> list[Menu]:
    """The filter by tag; none while there are no tags. `asked` is the value of the address's."""
    shown = [tag for tag in tags.values() if not tag.archived or tag.value == asked]
    if not shown:
        return []

    def items() -> list[MenuItem]:
        every = MenuItem(_("Every customer"), table.url(**{PARAMETER: None}), not asked)
        return [every, *(MenuItem(str(tag), table.url(**{PARAMETER: tag.value}), tag.value == asked) for tag in shown)]

    label = _("Tag: %(name)s") % {"name": tags[asked]} if asked in tags else _("Tag")
    return [Menu(PARAMETER, label, "tag", items, active=bool(asked))]


def tag_question(tags: Mapping[str, Tag]) -> Ask | None:
    """The field of the bar for chosen customers; none while no tag is put on by hand."""
    names = [str(tag) for tag in tags.values() if tag.by_hand]
    return Ask(_("Put on"), "name", _("Tag"), names) if names else None
