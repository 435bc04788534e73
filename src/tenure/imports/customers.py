"""The customers that a file brought: what undoing it does, or did, with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy

from tenure.accounts.leaving.going import fate_of, foresee
from tenure.accounts.leaving.traces import Why
from tenure.imports.kinds.all import kind_named
from tenure.imports.models import FileImport, ImportState
from tenure.imports.verbs import UNDOABLE
from tenure.ui.text import Text

#: Why customers stay.
_STAY: Final = {
    Why.EVENTS: gettext_lazy("named by events of your product"),
    Why.FILES: gettext_lazy("named by another import"),
    Why.MEMBERS: gettext_lazy("worked with by a member"),
    Why.RECORDS: gettext_lazy("with contacts, tickets, numbers or other records"),
}


@dataclass(frozen=True)
class Staying:
    """So many customers stay, and why."""

    why: Why
    count: int

    @property
    def words(self) -> Text:
        return _STAY[self.why]


@dataclass(frozen=True)
class Customers:
    """How many go, or went, with the file; those that something else names stay; `waiting` are not looked at yet."""

    go: int
    stay: Sequence[Staying]
    waiting: int

    @property
    def staying(self) -> int:
        return sum(each.count for each in self.stay)


def customers_of(file_import: FileImport) -> Customers | None:
    """As it would be were the file undone now or, once it is, as it became. None: no customer is there by this file."""
    state = ImportState(file_import.state)
    if not kind_named(file_import.kind).brings_customers or not file_import.done_rows:
        return None
    if state in UNDOABLE:
        fate = foresee(str(file_import.pk))
    elif state == ImportState.UNDONE:
        fate = fate_of(str(file_import.pk))
    else:
        return None
    stay = [Staying(why, fate.stay[why]) for why in Why if fate.stay[why]]
    return Customers(fate.go, stay, fate.waiting) if fate.go or stay or fate.waiting else None
