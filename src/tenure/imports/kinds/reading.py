"""Readers of cells that several kinds share."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tenure.imports.kinds.kind import Reader, Setting
from tenure.imports.values.days import Order, read_day, read_moment
from tenure.imports.values.errors import BadCell
from tenure.imports.values.numbers import read_number
from tenure.imports.values.texts import read_text


def text(cell: Any, setting: Setting, order: Order | None) -> str:
    return read_text(cell)


def day(cell: Any, setting: Setting, order: Order | None) -> str:
    """The day as 2026-11-22."""
    return read_day(cell, order).isoformat()


def calendar_day(cell: Any, setting: Setting, order: Order | None) -> date:
    return read_day(cell, order)


def moment(cell: Any, setting: Setting, order: Order | None) -> datetime:
    """The instant in UTC; without a zone of its own it is in the workspace's."""
    return read_moment(cell, setting.zone, order)


def number(cell: Any, setting: Setting, order: Order | None) -> float:
    return read_number(cell)


def text_up_to(most: int) -> Reader:
    """A text of at most so many characters."""

    def read(cell: Any, setting: Setting, order: Order | None) -> str:
        found = read_text(cell)
        if len(found) > most:
            said = _("At most %(count)s characters; these are %(given)s.")
            raise BadCell(said % {"count": most, "given": len(found)})
        return found

    return read
