"""Texts, and yes or no in both languages."""

import unicodedata
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from tenure.imports.values.errors import BadCell

YES: Final = frozenset({"yes", "y", "true", "t", "1", "on", "是", "有", "对", "真", "√", "✓", "开"})
NO: Final = frozenset({"no", "n", "false", "f", "0", "off", "否", "无", "没有", "不", "不是", "假", "×", "✗", "关"})


def read_text(cell: Any) -> str:
    """A cell as the text of an id or a name, "" for an empty one; a whole number has no decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.strip()
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds") if cell.time() != datetime.min.time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def read_yes_no(cell: Any) -> bool:
    """A cell as yes or no; raises BadCell."""
    if isinstance(cell, bool):
        return cell
    folded = unicodedata.normalize("NFKC", read_text(cell)).casefold()
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise BadCell(_("“%(text)s” is neither yes nor no.") % {"text": read_text(cell)[:40]})
