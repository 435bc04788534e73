"""How far a query was read: the last value of its cursor column, kept as JSON without losing its type."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from tenure.integrations.errors import SourceFailed
from tenure.integrations.models import Sync

Value = int | float | str | Decimal | date | datetime


_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "decimal": Decimal,
    "whole": int,
    "number": float,
}


def keep(value: Any) -> dict[str, str]:
    """The value as JSON; raises SourceFailed for one that has no order to go on from."""
    if isinstance(value, datetime):
        return {"type": "moment", "value": value.isoformat()}
    if isinstance(value, date):
        return {"type": "day", "value": value.isoformat()}
    for name, kind in (("decimal", Decimal), ("text", str)):
        if isinstance(value, kind):
            return {"type": name, "value": str(value)}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"type": "whole" if isinstance(value, int) else "number", "value": repr(value)}
    said = _("The column to go on from must hold numbers, texts, days or times, not %(type)s.")
    raise SourceFailed(said % {"type": type(value).__name__})


def read(kept: Mapping[str, str] | None) -> Value | None:
    """The value that was kept; None before the first run."""
    if not kept:
        return None
    read_as = _READERS.get(kept["type"], str)
    return read_as(kept["value"])


def shown(sync: Sync) -> str:
    """How far the sync came, for people."""
    mark = sync.marks.filter(name="").first()
    return str(mark.value["value"])[:200] if mark else ""
